# Avisos y tarjetas. `notice-<tipo>` y, si lo tiene, `notice-<tipo>-title`; `choice-<id>` para los botones.
notice-choice-title = Tú eliges qué sigue.
notice-choice = En un mensaje te pidieron algo que puede poner a la gente en riesgo. Puede no ser nada. Tú decides.
    Antes de contar algo: el equipo puede leer este chat. Si alguien corre un peligro grave, quizá tenga que avisar. Va a tratar de hablar contigo primero.
    Esta nota solo la ves tú.
notice-choice-held-title = Detuvimos algo que te mandaron para que lo viera una persona.
notice-choice-held = No hiciste nada malo. Puedes verlo, no verlo o dejar que nos encarguemos.
    Tu familia, tu escuela o la policía no saben nada por nosotros antes que tú. Solo hay dos excepciones: si alguien corre peligro o si la ley nos obliga.
    Esta nota solo la ven tú y el equipo.
notice-choice-threat-title = No es tu culpa y no estás en problemas.
notice-choice-threat = Alguien usa el miedo para presionarte. Tienes tiempo y tienes opciones.
    No pagues. Quien recibe dinero casi siempre pide más.
    No borres el chat. Puede servir para pararlo.
    No tienes que contestar. Deja el chat como está y luego bloquea.
    Nunca nos mandes la foto. No necesitamos verla.
    Si la foto es de antes de tus 18 años, Take It Down puede ayudar a que no se comparta. La foto nunca sale de tu celular.
    Para reportar: CyberTipline, 1-800-843-5678. Trabajan con la policía. Puedes no dar tu nombre.
    Si sientes que no puedes más, llama al 988 y oprime 2, a cualquier hora.
    El equipo quizá tenga que reportarlo para proteger a menores. Va a tratar de hablar contigo primero.
notice-held-decided = { $outcome ->
        [shown] Una persona del equipo vio lo que detuvimos antes de que te llegara. Ya está en la sala. Tú sigues decidiendo con quién hablas.
        [down] Una persona del equipo vio lo que te mandaron. Ya no está en la sala. No hiciste nada malo.
       *[kept] Una persona del equipo vio lo que te mandaron. No se muestra en la sala. No hiciste nada malo.
    }
notice-choice-threat-decided = { $outcome ->
        [shown] Una persona del equipo ya vio este mensaje.
        [down] Una persona del equipo ya lo vio. Este mensaje ya no está en la sala.
       *[kept] Una persona del equipo ya lo vio. Este mensaje no se muestra en la sala.
    }
notice-care-self = Gracias por decirlo. No tienes que cargar esto a solas. No estás en problemas. ¿Quieres hablar con alguien? Esta nota solo la ven tú y el equipo.
notice-care-now = ¿Estás en peligro ahora mismo? Llama al 911 si puedes. El 988 contesta llamadas y textos a cualquier hora. Ve a donde haya más gente, si es seguro. Esto no es tu culpa. El equipo ya recibió el aviso.
notice-care-harm = Gracias por contarlo. Lo que pasó no es tu culpa. No tienes que decir más ni repetirlo. El equipo quizá tenga que avisar para proteger a menores. Va a tratar de hablar contigo primero.
notice-limit-title = Tienes una pausa en las salas hasta { $until }.
notice-limit = Por qué: { $reason } Es por esta regla: { $rule }
    Termina sola. No tienes que hacer nada.
    Sigue abierto: Busca ayuda, Ayuda ya, tus notas, el equipo.
    Si te parece mal, avisa al equipo y otra persona puede revisarlo.
notice-limit-over = Terminó tu pausa. Las salas están abiertas para ti.
notice-care-offer-title = Una nota del equipo
notice-care-offer = El equipo quiere saber cómo estás. Puedes contestar o no.
notice-message-removed = El equipo quitó tu mensaje en { $room }. Por qué: { $reason } Es por esta regla: { $rule } Sigues teniendo tu lugar aquí.
notice-message-kept = El equipo vio tu mensaje de { $room } y no se va a mostrar. Solo tú y el equipo lo vieron. Por qué: { $reason } Es por esta regla: { $rule } Sigues teniendo tu lugar aquí.
notice-message-released = Revisado. Tu mensaje ya está en la sala: { $room }.
notice-message-back = Lo revisamos otra vez. Tu mensaje está de vuelta en { $room }. Nos equivocamos y lo sentimos.
notice-message-again = Estamos revisando otra vez tu mensaje en { $room }. Por ahora solo lo ven tú y el equipo.
notice-talk-sent = Pediste hablar con el equipo. Lo va a leer una persona. Más de una persona del equipo puede leer esto.

choice-block = Bloquear
choice-call = Llamar al 988
choice-handle = Que lo vea el equipo
choice-help = Busca ayuda
choice-keep = Seguir
choice-later = Ahora no
choice-look = Verlo
choice-mute = Silenciar
choice-not-look = No verlo
choice-ok = Está bien
choice-show = Mostrar al equipo
choice-take-it-down = Voy a usar Take It Down
choice-talk = Hablar con el equipo
choice-with-me = Quiero que alguien me acompañe
choice-done = Está bien. Lo encuentras en Tú, cuando quieras.
