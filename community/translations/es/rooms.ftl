# Salas: la lista, los mensajes, dónde se escribe y todo lo que un mensaje puede decir de sí mismo.

room-band = { $band } años
room-list-title = Salas
room-list-lead = Conversa con gente de tu edad o solo lee. El equipo también lee.
room-last = Lo último: { $when }
room-list-none = Aún no hay una sala para ti. Tu programa te puede decir más. Busca ayuda está abierta para ti.
room-open = Abierta
room-closed = Cerrada
room-back = Todas las salas
room-yours = Tus salas
room-you = Tú

room-log = Mensajes en { $name }
room-label = { $name }, { $time }: { $text }
room-today = Hoy
room-yesterday = Ayer
room-new-line = Nuevo
room-new =
    { $n ->
        [one] { $n } mensaje nuevo
       *[other] { $n } mensajes nuevos
    }
room-empty = Nadie ha escrito hoy. Saluda o solo quédate.
room-start = Aquí empieza la sala.
room-earlier = Mensajes anteriores
room-loading = Cargando mensajes
room-slow = Sigue cargando. Hay poca señal.
room-load-failed = No llegaron los mensajes anteriores. Intenta otra vez en un momento.

room-write = Escribe a la sala
room-send = Enviar
room-length-near =
    { $n ->
        [one] Queda { $n } letra
       *[other] Quedan { $n } letras
    }
room-length-over =
    { $n ->
        [one] Sobra { $n } letra
       *[other] Sobran { $n } letras
    }
room-length-cut =
    { $n ->
        [one] Le sobra una letra para salir. No se pierde nada.
       *[other] Es muy largo para enviarlo. Quita { $n } letras o mándalo en dos partes. No se pierde nada.
    }
room-more = Más sobre este mensaje
room-reply = Responder
room-replying = Respondes a { $name }
room-reply-stop = Dejar de responder
room-report = Reportar
room-mute = Silenciar
room-block = Bloquear
room-talk = Hablar con el equipo
room-help = Busca ayuda
room-answer = Contestar

room-sending = Enviando
room-sent = Enviado { $time }
room-unsent = Aún no sale. Está guardado aquí y seguimos intentando.
room-unsent-shared = Aún no sale. Deja esta página abierta. Seguimos intentando.
room-unsent-now = Intentar ya
room-unsent-delete = Borrar
room-held = Una persona lo revisa antes de que salga. Pasa por muchas razones normales. Por ahora solo lo ven tú y el equipo.
room-released = Revisado. Tu mensaje ya está en la sala.
room-again = Estamos revisando otra vez este mensaje. Por ahora solo lo ven tú y el equipo.
room-again-room = Este mensaje está otra vez en revisión.
room-quote-withdrawn = Quien escribió este mensaje lo quitó.
room-quote-hidden = Estas palabras no se muestran aquí.
room-removed = El equipo quitó este mensaje.
room-removed-why = Ver por qué
room-removed-note = El equipo quitó este mensaje. La nota del equipo dice por qué. Sigues teniendo tu lugar aquí.
room-removed-words = Lo que escribiste
room-take-back = Quitarlo
room-took-back = Quitaste este mensaje
room-taken-back = { $name } quitó este mensaje

room-nudge-phone = Eso parece un teléfono.
room-nudge-phone-why = Cualquiera aquí lo podría guardar. Solo tú ves esto.
room-nudge-account = Eso parece tu nombre en otra app.
room-nudge-account-why = Allá el equipo no te puede apoyar. Solo tú ves esto.
room-nudge-place = Eso parece una dirección o donde estás ahora.
room-nudge-place-why = Podría llegar alguien que no conoces. Solo tú ves esto.
room-nudge-school = Eso parece tu escuela o tu trabajo.
room-nudge-school-why = Alguien te podría encontrar con eso. Solo tú ves esto.
room-nudge-meet = ¿Van a verse?
room-nudge-meet-why = El equipo te ayuda a escoger un lugar público y seguro. Solo tú ves esto.
room-nudge-other = Con eso alguien te podría encontrar.
room-nudge-other-why = Tú eliges qué compartes aquí. Solo tú ves esto.
room-nudge-hide = Ocultarlo
room-nudge-ask = Preguntar al equipo
room-nudge-review = Mandar a revisión
room-nudge-found = Está en lo que escribiste

room-offline = No hay señal. Lo que escribiste está guardado aquí y sale cuando vuelva la señal. Quizá puedas llamar: 988 o 1-800-786-2929.
room-offline-shared = No hay señal. Deja esta página abierta para no perder lo que escribiste. Es un dispositivo compartido y aquí no guardamos nada. Quizá puedas llamar: 988 o 1-800-786-2929.
room-try-again = Intentar otra vez
room-slowed = Fue mucho en poco tiempo. Lo demás sale solo, en orden.
room-wait-answer = Aún no hay respuesta. Seguimos intentando.

room-limit = Tienes una pausa en las salas hasta { $until }.
room-limit-why = Por qué: { $reason }
room-limit-ends = Termina sola. No tienes que hacer nada.
room-limit-open = Sigue abierto: Busca ayuda, Ayuda ya, Tú y el equipo.
room-closed-text = Esta sala está cerrada. Las salas abren solo cuando está el equipo. Puedes leer lo que hay aquí.
room-choice-failed = No se pudo mandar. Nada cambió. Intenta otra vez.

room-facts = En esta sala
room-fact-staff = El equipo de Haven lee las salas. Una revisión automática también lee.
room-fact-name = La gente ve tu nombre en Haven y lo que escribes. No ve tu edad exacta, tu ciudad ni tu programa.
room-fact-mute = Puedes silenciar o bloquear a quien quieras. No le avisamos.
room-fact-back = Puedes quitar lo que escribiste.
room-who-sees = Quién ve qué
room-keys = Teclas
room-key-send = envía
room-key-line = otra línea
room-key-move = de un mensaje a otro
room-key-reply = responder
room-key-more = más
