# The frame of every page, forms, and words used everywhere.
band-help = Help now
band-exit = Quick exit
frame-skip = Skip to the page
frame-home = Haven, find help
frame-neutral-title = Reading list
frame-nav = Main pages
frame-who-sees = Who sees what
frame-exit-help = About Quick exit
nav-help = Find help
nav-rooms = Rooms
nav-services = My posts
nav-desk = Desk
nav-review = Review
nav-invites = Codes
nav-you = You
nav-you-waits = a note is waiting
badge-staff = Staff
badge-service = Service, checked
tier-now = Now
tier-today = Today
tier-digest = Digest
tier-log = Log
form-look-again = Take another look
pick-one = Pick one
pass-show = Show
pass-hide = Hide

error-home = Back to your page
error-find-help = Find help
error-rooms = Rooms
error-staff = Talk to staff
error-sign-in = Sign in
error-code = Code: { $code }

exit-does-title = What Quick exit does
exit-does = It signs you out and puts a plain page in this tab. Going Back won't show what you saw here. On a keyboard, press Shift three times.
exit-cannot-title = What it can't do
exit-cannot = It can't erase your browser history. Someone who looks there can see that you came here. If the phone or computer belongs to someone else, that person may have other ways to see.
exit-safer-title = To be safer
exit-safer = Open a private window before you come. When you're done, close every window. You can remove this site from your history, but a blank history can also stand out. A library or a friend's phone may be safer than yours.
exit-clear-title = How to clear it
exit-clear = Open the browser's menu and find History. Look for this site's name and delete only those rows.
exit-shared = Turn on shared device
exit-close = Close

health-title = How the site is doing
