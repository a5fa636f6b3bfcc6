# Help now: opens for anyone, and nobody is told.
crisis-title = Talk to a person now
crisis-danger-title = In danger right now?
crisis-danger = Call 911. Police or medics will come.
crisis-988 = Call or text, any hour. They may send help if a life is in danger.
crisis-nrs = Ages 12 to 21. They listen, and don't push a choice.
crisis-safe-title = Need a safe place now?
crisis-safe = Text SAFE and where you are to 44357. They ask where you are so they can send the nearest place.
crisis-ctl = Text HOME to 741741. They may send help, or report that a kid is being hurt.
crisis-cost = Calls are free. Texts may use your phone plan. Nobody at Haven can see that you opened this page. A call may show on a phone bill.
crisis-call = Call { $number }
crisis-text = Text { $number }
crisis-staff = Talk to Haven staff
# The words these lines answer to; sources in community/resources/national_lines.toml.
crisis-988-word = { "" }
crisis-ctl-word = HOME
