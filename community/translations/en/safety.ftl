# Telling staff, blocking, muting, talking with staff; and the You page.
safety-cancel = Cancel
safety-not-now = Not now
safety-done = Done
safety-undo = Undo
safety-follow = See it
safety-block = Block
safety-mute = Mute
safety-mute-instead = Mute instead

report-title = Tell us about a message
report-start = You're not in trouble. We won't tell the other person it was you. You can stop at any point.
report-what = What's going on?
report-topic-move = Pushing to meet, or to use another app
report-topic-pictures = Asking for pictures or secrets
report-topic-offer = Offers of money, work, a ride, or a place
report-topic-mean = Mean or hateful
report-topic-worry = I'm worried about this person
report-topic-other = Something else
report-more = Anything to add?
report-more-hint = You don't have to. Staff already get the messages. Please don't add pictures.
report-help = What would help now?
report-also-none = Just tell staff
report-also-mute = Mute them
report-also-block = Block them
report-also-talk = I want to talk
report-send = Send

block-title = Block
block-ask = Block { $name }?
block-text = You won't see each other's messages in any room. { $name } won't be told. You can undo it any time.
mute-title = Mute
mute-ask = Mute { $name } for a day?
mute-text = You won't see what { $name } writes until then. { $name } won't be told. You can undo it any time.

talk-title = Talk to staff
talk-lead = You're not in trouble. You can say a lot, or a little, or nothing yet.
talk-label = What's on your mind?
talk-hint = You can leave this empty. Then staff just know that you want to talk.
talk-who = More than one of the team can read this. They may have to tell if someone could be badly hurt. They'll try to talk with you first.
talk-send = Send to staff
talk-sooner = Need someone sooner?

sent-title = Got it
sent-report = A person will look. You don't need to do anything else. You can still mute or block.
sent-talk = A person on the team will read it and write you back under You.
sent-block = Blocked. It holds even if they change their name here.
sent-mute = You won't see { $name } until { $until }. They won't be told.

look-title = What was sent to you
look-from = From { $name }:
look-gone = It is not there any more. Staff took it down, or its author took it back.
look-note = You did nothing wrong. You don't have to answer.

you-title = You
you-name = Your Haven name is { $name }.
you-notes = Notes for you
you-note = A note
you-no-notes = No notes.
you-reply = Your answer
you-reply-send = Send answer
you-replied = You answered
you-blocked = Blocked and muted
you-nobody = Nobody.
you-is-blocked = blocked
you-muted-until = muted until { $until }
you-devices = Where you're signed in
you-this-device = This device
you-other-device = Another device
you-shared = shared
you-since = since { $when }
you-end-device = Sign out there
you-looks = Light or dark
you-theme-device = Like my device
you-theme-light = Light
you-theme-dark = Dark
you-sign-out = Sign out
