# Elegir y cambiar una frase.
pass-new-label = Frase nueva
pass-current-label = Frase de ahora
pass-back = Volver a Tú
pass-first-title = Elige tu frase
pass-first-lead = Hola, { $name }. La frase que te dieron sirve solo esta vez. Elige una que nadie más sepa.
pass-first-go = Guardarla y entrar
pass-change-title = Cambiar la frase
pass-change-lead = Se cierra tu sesión en todos los demás celulares y computadoras.
pass-change-go = Cambiarla
pass-changed-title = Tu frase ya cambió
pass-changed = Desde ahora usa la nueva. Se cerró tu sesión en tus otros celulares y computadoras.
pass-staff-lost = ¿Primera vez aquí? Usa la frase que te dieron. ¿Perdiste tu frase o el celular con tus códigos? Quien maneja Haven en tu agencia te puede dar otros.
you-passphrase = Frase
