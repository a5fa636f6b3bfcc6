# Avisar al equipo, bloquear, silenciar, hablar con el equipo; y la página Tú.
safety-cancel = Cancelar
safety-not-now = Ahora no
safety-done = Listo
safety-undo = Quitar
safety-follow = Verlo
safety-block = Bloquear
safety-mute = Silenciar
safety-mute-instead = Mejor silenciar

report-title = Avísanos de un mensaje
report-start = No estás en problemas. No le decimos a la otra persona que fuiste tú. Puedes parar cuando quieras.
report-what = ¿Qué pasa?
report-topic-move = Insiste en verse o en usar otra app
report-topic-pictures = Pide fotos o secretos
report-topic-offer = Ofrece dinero, trabajo, viaje o un lugar
report-topic-mean = Insulta o lastima
report-topic-worry = Me preocupa esta persona
report-topic-other = Otra cosa
report-more = ¿Algo más?
report-more-hint = No es necesario. El equipo ya recibe los mensajes. No mandes fotos.
report-help = ¿Qué te ayuda ahora?
report-also-none = Solo avisar
report-also-mute = Silenciar
report-also-block = Bloquear
report-also-talk = Quiero hablar
report-send = Enviar

block-title = Bloquear
block-ask = ¿Bloquear a { $name }?
block-text = En las salas, ni tú ni { $name } verán lo que escribe la otra persona. No le avisamos a { $name }. Lo puedes quitar cuando quieras.
mute-title = Silenciar
mute-ask = ¿Silenciar a { $name } por un día?
mute-text = No verás lo que escribe { $name } hasta entonces. No le avisamos a { $name }. Lo puedes quitar cuando quieras.

talk-title = Hablar con el equipo
talk-lead = No estás en problemas. Puedes decir mucho, poco o nada todavía.
talk-label = ¿Qué traes en mente?
talk-hint = Lo puedes dejar vacío. Así el equipo solo sabe que quieres hablar.
talk-who = Más de una persona del equipo puede leer esto. Si alguien corre un peligro grave, quizá tenga que avisar. Va a tratar de hablar contigo primero.
talk-send = Enviar al equipo
talk-sooner = ¿Necesitas a alguien antes?

sent-title = Recibido
sent-report = Lo va a ver una persona. No tienes que hacer nada más. Aún puedes silenciar o bloquear.
sent-talk = Una persona del equipo lo lee y te contesta en Tú.
sent-block = Bloqueo activo. Sigue aunque cambie su nombre aquí.
sent-mute = No verás a { $name } hasta { $until }. No le avisamos.

look-title = Lo que te mandaron
look-from = De { $name }:
look-gone = Ya no está. El equipo lo quitó, o lo quitó quien lo escribió.
look-note = No hiciste nada malo. No tienes que contestar.

you-title = Tú
you-name = Tu nombre en Haven es { $name }.
you-notes = Notas para ti
you-note = Una nota
you-no-notes = No hay notas.
you-reply = Tu respuesta
you-reply-send = Enviar respuesta
you-replied = Contestaste
you-blocked = Bloqueos y silencios
you-nobody = Nadie.
you-is-blocked = con bloqueo
you-muted-until = en silencio hasta { $until }
you-devices = Dónde tienes sesión
you-this-device = Este dispositivo
you-other-device = Otro dispositivo
you-shared = compartido
you-since = desde { $when }
you-end-device = Cerrar sesión ahí
you-looks = Claro u oscuro
you-theme-device = Como mi dispositivo
you-theme-light = Claro
you-theme-dark = Oscuro
you-sign-out = Cerrar sesión
