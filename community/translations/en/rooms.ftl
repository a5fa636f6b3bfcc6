# Rooms: the list, the log, the composer, and everything a message can say about itself.

room-band = ages { $band }
room-list-title = Rooms
room-list-lead = Talk with people your age, or just read. Staff read along.
room-last = Last: { $when }
room-list-none = No room is set up for you yet. Your program can tell you more. Find help is open to you now.
room-open = Open
room-closed = Closed
room-back = All rooms
room-yours = Rooms for you
room-you = You

room-log = Messages in { $name }
room-label = { $name }, { $time }: { $text }
room-today = Today
room-yesterday = Yesterday
room-new-line = New
room-new =
    { $n ->
        [one] { $n } new message
       *[other] { $n } new messages
    }
room-empty = Nobody has written yet today. Say hi, or just be here.
room-start = This is where the room starts.
room-earlier = Earlier messages
room-loading = Loading messages
room-slow = Still loading. The signal is weak.
room-load-failed = The older messages did not come. Try again in a moment.

room-write = Write to the room
room-send = Send
room-length-near =
    { $n ->
        [one] { $n } letter left
       *[other] { $n } letters left
    }
room-length-over =
    { $n ->
        [one] { $n } letter too many
       *[other] { $n } letters too many
    }
room-length-cut =
    { $n ->
        [one] That is one letter too long to send. Nothing is lost.
       *[other] That is too long to send. Take out { $n } letters, or send it in two parts. Nothing is lost.
    }
room-more = More about this message
room-reply = Reply
room-replying = Replying to { $name }
room-reply-stop = Stop replying
room-report = Report
room-mute = Mute
room-block = Block
room-talk = Talk to staff
room-help = Find help
room-answer = Answer

room-sending = Sending
room-sent = Sent { $time }
room-unsent = Not sent yet. It's saved here, and we keep trying.
room-unsent-shared = Not sent yet. Keep this page open. We keep trying.
room-unsent-now = Try now
room-unsent-delete = Delete
room-held = Waiting for a staff check. This happens for lots of ordinary reasons. For now, only you and staff see it.
room-released = Checked. Your message is in the room.
room-again = We're looking at this message again. For now, only you and staff see it.
room-again-room = This message is being checked again.
room-quote-withdrawn = This message was taken back.
room-quote-hidden = These words aren't shown here.
room-removed = Staff took this message down.
room-removed-why = See why
room-removed-note = Staff took this message down. The note from staff says why. You're still welcome here.
room-removed-words = What you wrote
room-take-back = Take it back
room-took-back = You took this back
room-taken-back = { $name } took this message back

room-nudge-phone = That looks like a phone number.
room-nudge-phone-why = Anyone here could save it. Only you see this.
room-nudge-account = That looks like your name on another app.
room-nudge-account-why = Staff can't step in there. Only you see this.
room-nudge-place = That looks like an address, or where you are now.
room-nudge-place-why = Someone you don't know could show up. Only you see this.
room-nudge-school = That looks like your school or your job.
room-nudge-school-why = It could help someone find you. Only you see this.
room-nudge-meet = Planning to meet?
room-nudge-meet-why = Staff can help you pick a safe, public spot. Only you see this.
room-nudge-other = That could help someone find you.
room-nudge-other-why = You choose what to share here. Only you see this.
room-nudge-hide = Hide it
room-nudge-ask = Ask staff
room-nudge-review = Send to review
room-nudge-found = Found in what you wrote

room-offline = No signal right now. What you wrote is saved here and goes out when you're back online. Phone calls may still work: 988, or 1-800-786-2929.
room-offline-shared = No signal right now. Keep this page open so your words stay. This is a shared device, so we save nothing on it. Phone calls may still work: 988, or 1-800-786-2929.
room-try-again = Try again
room-slowed = That was a lot in a short time. The rest goes out by itself, in order.
room-wait-answer = No answer yet. We keep trying.

room-limit = You have a break from the rooms until { $until }.
room-limit-why = Why: { $reason }
room-limit-ends = It ends by itself. You don't have to do anything.
room-limit-open = Still open: Find help, Help now, You, and staff.
room-closed-text = This room is closed. Rooms open only when staff are here. You can read what is here.
room-choice-failed = That did not go through. Nothing changed. Try again.

room-facts = In this room
room-fact-staff = Haven staff read along. So does an automatic check.
room-fact-name = People see your Haven name and what you write. Not your exact age, your city, or your program.
room-fact-mute = You can mute or block anyone. They won't be told.
room-fact-back = You can take back what you wrote.
room-who-sees = Who sees what
room-keys = Keys
room-key-send = sends
room-key-line = new line
room-key-move = from message to message
room-key-reply = reply
room-key-more = more
