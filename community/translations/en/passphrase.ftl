# Choosing and changing a passphrase.
pass-new-label = New passphrase
pass-current-label = Passphrase now
pass-back = Back to You
pass-first-title = Choose your passphrase
pass-first-lead = Hello { $name }. The passphrase you were given works only this once. Choose one that nobody else knows.
pass-first-go = Keep it and sign in
pass-change-title = Change passphrase
pass-change-lead = Every other phone or computer you are signed in on is signed out.
pass-change-go = Change it
pass-changed-title = Your passphrase is changed
pass-changed = Use the new one from now on. Your other phones and computers are signed out.
pass-staff-lost = First time here? Use the passphrase you were given. Lost your passphrase or the phone with your codes? The person who runs Haven at your agency can give you new ones.
you-passphrase = Passphrase
