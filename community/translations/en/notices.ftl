# Notices and cards. `notice-<kind>` and, where the kind has one, `notice-<kind>-title`; `choice-<id>` for buttons.
notice-choice-title = You choose what happens next.
notice-choice = A message to you asked for something that can put people at risk. It may be nothing. It's your call.
    Before you share: staff can read this chat. They may have to tell if someone could be badly hurt. They'll try to talk with you first.
    Only you see this note.
notice-choice-held-title = Something sent to you was held so a person could look first.
notice-choice-held = You did nothing wrong. You can look, not look, or have us handle it.
    Your family, school, or the police hear nothing from us before you do. The only exceptions: someone is in danger, or the law says we must.
    Only you and staff see this note.
notice-choice-threat-title = This is not your fault, and you are not in trouble.
notice-choice-threat = Someone is using fear to push you. You have time, and you have choices.
    Don't pay. People who get paid often ask again.
    Don't delete the chat. It can help stop them.
    You don't have to answer. Leave the chat as it is, then block.
    Never send us the picture. We don't need to see it.
    If the picture is from before you turned 18, Take It Down can help stop it from spreading. The picture never leaves your phone.
    To report it: CyberTipline, 1-800-843-5678. They work with police. You can stay unnamed.
    If it feels like too much, call or text 988, any hour.
    Staff may have to report this to keep kids safe. They'll try to talk with you first.
notice-held-decided = { $outcome ->
        [shown] A person on the team looked at what was held on its way to you. It's in the room now. You still decide who you talk to.
        [down] A person on the team looked at what was sent to you. It's not in the room any more. You did nothing wrong.
       *[kept] A person on the team looked at what was sent to you. It stays out of the room. You did nothing wrong.
    }
notice-choice-threat-decided = { $outcome ->
        [shown] A person on the team has looked at this message.
        [down] A person on the team has looked. This message is not in the room any more.
       *[kept] A person on the team has looked. This message stays out of the room.
    }
notice-care-self = Thank you for saying it. You don't have to hold this alone. You're not in trouble. Want to talk with someone? Only you and staff see this note.
notice-care-now = Are you in danger right now? Call 911 if you can. 988 answers calls and texts at any hour. Go where other people are, if that's safe. This is not your fault. Staff were told at once.
notice-care-harm = Thank you for telling us. What happened is not your fault. You don't have to say more, or say it again. Staff may have to tell someone to keep kids safe. They'll try to talk with you first.
notice-limit-title = You have a break from the rooms until { $until }.
notice-limit = Why: { $reason } It's about this rule: { $rule }
    It ends by itself. You don't have to do anything.
    Still open: Find help, Help now, your notes, staff.
    If it seems wrong, tell staff, and a different person can look.
notice-limit-over = Your break is over. The rooms are open for you.
notice-care-offer-title = A note from staff
notice-care-offer = Staff would like to know how you're doing. You can answer, or not.
notice-message-removed = Staff took your message in { $room } down. Why: { $reason } It's about this rule: { $rule } You're still welcome here.
notice-message-kept = Staff looked at your message in { $room } and it won't be shown. Only you and staff saw it. Why: { $reason } It's about this rule: { $rule } You're still welcome here.
notice-message-released = Checked. Your message is in the room: { $room }.
notice-message-back = We looked again. Your message is back in { $room }. We got this wrong, and we're sorry.
notice-message-again = We're looking at your message in { $room } again. For now, only you and staff see it.
notice-talk-sent = You asked to talk with staff. A person will read it. More than one of the team can read this.

choice-block = Block
choice-call = Call or text 988
choice-handle = You handle it
choice-help = Find help
choice-keep = Keep chatting
choice-later = Not now
choice-look = Look at it
choice-mute = Mute
choice-not-look = Don't look
choice-ok = OK
choice-show = Show staff
choice-take-it-down = I'll use Take It Down
choice-talk = Talk to staff
choice-with-me = I want someone with me
choice-done = OK. You can find this under You, any time.
