# Entrar por primera vez, iniciar sesión, el resumen de derechos y los códigos del programa.
join-steps = Pasos para entrar
join-step-code = Código
join-step-name = Nombre
join-code-title = Tu código
join-code-label = Código
join-code-hint = Escribe el código que te dio tu programa. Sirve una vez, por 3 días.
join-next = Seguir
join-no-code = No tengo código
join-name-title = Tu nombre en Haven
join-name-text = Que no sea tu nombre real ni uno que uses en otras apps.
join-name-label = Nombre en Haven
join-name-ideas = Unas ideas: { $one }, { $two }, { $three }
join-more-ideas = Más ideas
join-pass-label = Frase de acceso
join-pass-hint = Cuatro palabras que no van juntas se recuerdan fácil y cuesta adivinarlas. La puedes pegar.
join-shared = Este celular o computadora se comparte
join-shared-hint = Entonces no guardamos nada aquí y cerramos tu sesión tras 10 minutos sin uso.
front-use-code = Usar mi código
back-lost = ¿Perdiste tu celular o tu frase? Tu programa te ayuda a volver.

sign-in-title = Entrar
sign-in-go = Entrar
sign-in-staff = Equipo y servicios entran aquí
staff-sign-in-title = Equipo y servicios
staff-name-label = Nombre
staff-code-label = Código de seis números
staff-code-hint = De tu app de códigos. Cada código sirve una vez.

demo-title = Esto es una demostración
demo-text = Entra como cualquiera de estas personas. Nada aquí es de nadie real. La frase de cada una es:
demo-name = Nombre
demo-code = Código
demo-for = Qué hace

rights-title = Antes de escribir
rights-see-title = Quién ve qué.
rights-see = En una sala, la gente ve tu nombre en Haven y lo que escribes. No ve tu edad exacta, tu ciudad ni tu programa. El equipo de Haven puede leer las salas. Una revisión automática también lee. Busca señales de que alguien puede salir lastimado y puede dejar un mensaje en espera. Solo una persona decide qué sigue.
rights-tell-title = Cuándo tenemos que avisar.
rights-tell = Avisamos si alguien corre un peligro grave o si la ley lo pide. Un caso es una persona adulta que lastima a alguien menor. Vamos a tratar de hablar contigo primero. Si es seguro, te decimos a quién avisamos y qué dijimos. Quién eres y a quién amas lo cuentas tú, si quieres.
rights-no-title = Cómo decir que no.
rights-no = Nunca tienes que contestar. Puedes saltar algo, silenciar, bloquear o salir de una sala. Si dices que no, no pierdes ayuda. Si una decisión te parece mal, avisa al equipo. La revisa otra persona.
rights-leave-title = Cómo irte.
rights-leave = Puedes irte cuando quieras. El chat se borra a los { $days } días. La ley puede hacernos guardar algo más tiempo. La Salida rápida esconde esta página al instante. No puede borrar el historial de tu navegador.
rights-again = Puedes leer esto otra vez en Tú.
rights-read = Ya lo leí
rights-later = Ahora no

invite-title = Códigos para jóvenes
invite-lead = Un código lleva tu agencia y un grupo de edad, nada más. Sirve una vez, por 3 días.
invite-band = Grupo de edad
invite-make = Hacer un código
invite-new = Un código nuevo
invite-once = Solo se ve ahora. Entrégalo en persona. Se escribe en { $address }
invite-open = Códigos sin usar: { $n }
invite-made = Hecho
invite-until = Sirve hasta
invite-none = No hay códigos en espera.
