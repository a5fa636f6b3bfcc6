# El marco de cada página, formularios y palabras de uso general.
band-help = Ayuda ya
band-exit = Salida rápida
frame-skip = Ir a la página
frame-home = Haven, busca ayuda
frame-neutral-title = Lista de lectura
frame-nav = Páginas principales
frame-who-sees = Quién ve qué
frame-exit-help = Sobre la Salida rápida
nav-help = Busca ayuda
nav-rooms = Salas
nav-services = Mis publicaciones
nav-desk = Mesa
nav-review = Revisar
nav-invites = Códigos
nav-you = Tú
nav-you-waits = hay una nota para ti
badge-staff = Equipo
badge-service = Servicio, revisado
tier-now = Ya
tier-today = Hoy
tier-digest = Resumen
tier-log = Registro
form-look-again = Míralo otra vez
pick-one = Elige una
pass-show = Ver
pass-hide = Ocultar

error-home = Volver a tu página
error-find-help = Busca ayuda
error-rooms = Salas
error-staff = Hablar con el equipo
error-sign-in = Entrar
error-code = Código: { $code }

exit-does-title = Qué hace la Salida rápida
exit-does = Cierra tu sesión y pone una página cualquiera en esta pestaña. Con Atrás no se ve lo que veías aquí. En un teclado, oprime Shift tres veces.
exit-cannot-title = Qué no puede hacer
exit-cannot = No puede borrar el historial del navegador. Quien lo revise puede ver que entraste aquí. Si el celular o la computadora es de otra persona, puede tener otras formas de ver.
exit-safer-title = Para más seguridad
exit-safer = Abre una ventana privada antes de entrar. Al terminar, cierra todas las ventanas. Puedes quitar este sitio del historial, pero un historial vacío también llama la atención. Una biblioteca o el celular de una amistad pueden ser más seguros que el tuyo.
exit-clear-title = Cómo borrarlo
exit-clear = Abre el menú del navegador y busca Historial. Encuentra el nombre de este sitio y borra solo esas líneas.
exit-shared = Usar modo compartido
exit-close = Cerrar

health-title = Cómo está el sitio
