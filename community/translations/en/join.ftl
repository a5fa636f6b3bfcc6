# Joining, signing in, the rights summary, and a worker's codes.
join-steps = Steps to join
join-step-code = Code
join-step-name = Name
join-code-title = Your code
join-code-label = Code
join-code-hint = Type the code your program gave you. It works once, for 3 days.
join-next = Next
join-no-code = I don't have a code
join-name-title = Your Haven name
join-name-text = Not your real name. Not a name you use on other apps.
join-name-label = Haven name
join-name-ideas = Some ideas: { $one }, { $two }, { $three }
join-more-ideas = More ideas
join-pass-label = Passphrase
join-pass-hint = Four words that don't go together are easy to keep in your head and hard to guess. You can paste it.
join-shared = This is a shared phone or computer
join-shared-hint = Then we save nothing on it, and sign you out after 10 quiet minutes.
front-use-code = Use my code
back-lost = Lost your phone or your passphrase? Your program can help you get back in.

sign-in-title = Sign in
sign-in-go = Sign in
sign-in-staff = Staff and services sign in here
staff-sign-in-title = Staff and services
staff-name-label = Name
staff-code-label = Six-digit code
staff-code-hint = From your authenticator app. Each code works once.

demo-title = This is a demo
demo-text = Sign in as any of these people. Nothing here is about anyone real. The passphrase of each is:
demo-name = Name
demo-code = Code now
demo-for = What they do

rights-title = Before you write
rights-see-title = Who can see what.
rights-see = People in a room see your Haven name and what you write. They don't see your exact age, your city, or your program. Haven staff can read the rooms. An automatic check reads too. It looks for signs that someone may get hurt, and it can make a message wait. Only a person decides what comes next.
rights-tell-title = When we must tell someone.
rights-tell = We must tell if someone may be badly hurt, or if the law says so. One case is an adult who hurts a kid. We will try to talk with you first. When it's safe, we tell you who we told and what we said. Who you are and who you love is yours to tell.
rights-no-title = How to say no.
rights-no = You never have to answer. You can skip, mute, block, or leave a room. Saying no never costs you help. If a decision seems wrong, tell staff. A different person will check it.
rights-leave-title = How to leave.
rights-leave = You can go any time. Chat is erased after { $days } days. The law can make us keep some things longer. Quick exit hides this page fast. It can't erase your browser history.
rights-again = You can read this again under You.
rights-read = I've read this
rights-later = Not now

invite-title = Codes for youth
invite-lead = A code holds your agency and an age band, nothing else. It works once, for 3 days.
invite-band = Age band
invite-make = Make a code
invite-new = A new code
invite-once = It is shown only now. Give it in person. They type it at { $address }
invite-open = Codes not used yet: { $n }
invite-made = Made
invite-until = Works until
invite-none = No code is waiting.
