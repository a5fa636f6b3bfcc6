# Ayuda ya: se abre para cualquiera y nadie se entera.
crisis-title = Habla con una persona ya
crisis-danger-title = ¿Corres peligro ahora?
crisis-danger = Llama al 911. Llegará la policía o una ambulancia.
crisis-988 = Llama y oprime 2 para español, o manda AYUDA al 988, a cualquier hora. Pueden mandar ayuda si una vida está en peligro.
crisis-nrs = De 12 a 21 años. Te escuchan y no te presionan.
crisis-safe-title = ¿Necesitas un lugar seguro ya?
crisis-safe = Manda SAFE y dónde estás al 44357. Preguntan dónde estás para decirte el lugar más cercano.
crisis-ctl = Manda AYUDA al 741741 para escribir en español. Pueden mandar ayuda o avisar si lastiman a alguien menor.
crisis-cost = Las llamadas son gratis. Los textos pueden gastar tu plan. Nadie en Haven ve que abriste esta página. Una llamada puede salir en la cuenta del teléfono.
crisis-call = Llamar al { $number }
crisis-text = Texto al { $number }
crisis-staff = Hablar con el equipo de Haven
# The words these lines answer to; sources in community/resources/national_lines.toml.
crisis-988-word = AYUDA
crisis-ctl-word = AYUDA
