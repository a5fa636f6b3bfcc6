# Refusals: what happened, and what to do. Ids are `problem-` and the code of a DomainError.
problem-title = That didn't go through
problem-not-found = We can't find that page. It may have moved, or the link is old.
problem-not-found-title = Not here
problem-closed-to-you = This page isn't open to you. It's a setting, not something you did.
problem-closed-to-you-title = Not open to you
problem-not-your-duty = This page belongs to another duty. Ask your lead if you need it.
problem-broken = Something broke on our side. It's not you. Try again in a minute.
problem-broken-title = Something broke
problem-resting = The site can't reach its records right now. It's not you. Try again in a minute. Help now still works.
problem-resting-title = Back in a minute
problem-bad-request = We couldn't read that. Go back and try again.
problem-too-big = That is too big to send. Make it shorter and try again.
problem-old-form = This page was open for a long time. Go back, load it again, and send once more.
problem-foreign-form = That form came from another site, so we did not send it. Open the page here and try again.
problem-too-many = That's a lot in a short time. Wait { $minutes ->
        [1] { $seconds ->
            [one] { $seconds } second
           *[other] { $seconds } seconds
        }
       *[other] { $minutes } minutes
    } and try again. What you typed is still here.
problem-too-many-tries = That's a lot in a short time. Wait { $minutes ->
        [1] { $seconds ->
            [one] { $seconds } second
           *[other] { $seconds } seconds
        }
       *[other] { $minutes } minutes
    } and try again.
problem-field-missing = This one is needed.
problem-pick-one = Pick one, so staff know where to start.

problem-code-no = That code didn't work. It may be old, used, or mistyped. Your program can give you a new one. It happens a lot.
problem-band-unknown = Pick an age band from the list.
problem-name-contact = That looks like an email or a name from another app. People could find you there. Try one that lives only here.
problem-name-digits = That has many numbers. It can look like a phone or a birth year. Use 3 or fewer.
problem-name-place = That mixes a name and a place. Together they can point to you. Try one without the place.
problem-name-real = Is this your real name? If it is, pick something else. If not, type the passphrase again and go on.
problem-name-shape = Use 3 to 30 letters, with a dash, dot or space if you like.
problem-name-taken = Someone has that one, or one that looks like it. Try another.
problem-name-team = Pick a name that doesn't sound like the team.
problem-name-word = That word can hurt someone here. Try another. If we got it wrong, tell us.
problem-pass-easy = That one is easy to guess. Try four words that don't go together.
problem-pass-late = This one-time passphrase was used or has run out. The person who runs Haven at your agency can give you a new one.
problem-pass-long = That is longer than we can keep. Use 200 letters or fewer.
problem-pass-same = You have that one now. Choose a new one.
problem-pass-short = Make it 12 letters or more. Four short words are easy to keep in your head.
problem-pass-wrong = That is not your passphrase now. Check it and try again.
problem-sign-in-no = That name and passphrase don't go together. Check both and try again. Lost it? Your program can help.
problem-sign-in-no-staff = Name, passphrase and code don't go together. Check all three; a code works once. Lost one? Who runs Haven at your agency can help.
problem-not-verified = Your organisation's check is not complete or has run out. Ask the program that hosts this site.

problem-session-ended = You were signed out here. Sign in again to write.
problem-rights-first = Read the one-page summary first. It takes two minutes.
problem-on-a-break = You have a break from the rooms just now. You can see why, and until when, under You.
problem-room-closed = This room is closed just now. Your draft is safe.
problem-reply-gone = The message you answered is not there any more. Send yours without the quote.
problem-message-gone = That message was taken back or taken down already.
problem-message-withdrawn = Its author took this message back.
problem-text-empty = Write something first.
problem-text-long = That is a bit long. Use { $most } letters or fewer.
problem-text-broken = Some of those characters are broken. Type that part again.
problem-block-staff = You can't block staff. You can ask a different person on the team to talk.
problem-break-length = A break ends within 14 days.
problem-concern-empty = Pick one, or say it in your own words.
problem-concern-many = Many people told us the same about this place, and a person will look at it. Was it not safe there? Then pick that: we always keep it.
