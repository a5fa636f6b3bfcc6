# Lo que no se pudo: qué pasó y qué hacer. Los ids son `problem-` y el código de un DomainError.
problem-title = No se pudo enviar
problem-not-found = No encontramos esa página. Quizá se movió o el link es viejo.
problem-not-found-title = No está aquí
problem-closed-to-you = Esta página no está abierta para ti. Es un ajuste, no algo que hiciste.
problem-closed-to-you-title = No está abierta para ti
problem-not-your-duty = Esta página es de otra función. Pídela a quien coordina si la necesitas.
problem-broken = Algo falló de nuestro lado. No fuiste tú. Prueba en un minuto.
problem-broken-title = Algo falló
problem-resting = El sitio no puede leer sus datos ahora. No fuiste tú. Prueba en un minuto. Ayuda ya sigue abierta.
problem-resting-title = Volvemos en un minuto
problem-bad-request = No pudimos leer eso. Vuelve y prueba otra vez.
problem-too-big = Es demasiado grande para enviarlo. Hazlo más corto y prueba otra vez.
problem-old-form = Esta página estuvo abierta mucho tiempo. Vuelve, cárgala de nuevo y envía otra vez.
problem-foreign-form = Ese formulario vino de otro sitio, así que no lo enviamos. Abre la página aquí y prueba otra vez.
problem-too-many = Fueron muchos en poco tiempo. Espera { $minutes ->
        [1] { $seconds ->
            [one] { $seconds } segundo
           *[other] { $seconds } segundos
        }
       *[other] { $minutes } minutos
    } y prueba otra vez. Lo que escribiste sigue aquí.
problem-too-many-tries = Fueron muchos en poco tiempo. Espera { $minutes ->
        [1] { $seconds ->
            [one] { $seconds } segundo
           *[other] { $seconds } segundos
        }
       *[other] { $minutes } minutos
    } y prueba otra vez.
problem-field-missing = Esto hace falta.
problem-pick-one = Elige una, para que el equipo sepa por dónde empezar.

problem-code-no = Ese código no funcionó. Puede ser viejo, usado o mal escrito. Tu programa te puede dar otro. Pasa mucho.
problem-band-unknown = Elige un grupo de edad de la lista.
problem-name-contact = Parece un correo o un nombre de otra app. Alguien te podría encontrar ahí. Prueba uno que viva solo aquí.
problem-name-digits = Tiene muchos números. Puede parecer un teléfono o un año. Usa 3 o menos.
problem-name-place = Junta un nombre y un lugar. Juntos pueden señalarte. Prueba uno sin el lugar.
problem-name-real = ¿Es tu nombre real? Si lo es, elige otra cosa. Si no, escribe la frase otra vez y sigue.
problem-name-shape = Usa de 3 a 30 letras, con guion, punto o espacio si quieres.
problem-name-taken = Ese ya lo tiene alguien, o se parece mucho a otro. Prueba uno distinto.
problem-name-team = Elige un nombre que no suene a equipo.
problem-name-word = Esa palabra puede lastimar a alguien aquí. Prueba otra. Si nos equivocamos, avísanos.
problem-pass-easy = Esa es fácil de adivinar. Prueba cuatro palabras que no van juntas.
problem-pass-late = Esta frase de una sola vez ya se usó o se venció. Quien maneja Haven en tu agencia te puede dar otra.
problem-pass-long = Es más larga de lo que podemos guardar. Usa 200 letras o menos.
problem-pass-same = Esa es la que tienes ahora. Elige una nueva.
problem-pass-short = Que tenga 12 letras o más. Cuatro palabras cortas se recuerdan fácil.
problem-pass-wrong = Esa no es tu frase de ahora. Revísala y prueba otra vez.
problem-sign-in-no = Ese nombre y esa frase no van juntos. Revisa los dos y prueba otra vez. ¿La perdiste? Tu programa te ayuda.
problem-sign-in-no-staff = El nombre, la frase y el código no van juntos. Revisa los tres; cada código sirve una vez. ¿Perdiste uno? Quien maneja Haven en tu agencia te ayuda.
problem-not-verified = La revisión de tu organización no está completa o ya venció. Pregunta al programa que aloja este sitio.

problem-session-ended = Se cerró tu sesión aquí. Entra otra vez para escribir.
problem-rights-first = Lee primero el resumen de una página. Toma dos minutos.
problem-on-a-break = Ahora tienes una pausa en las salas. En Tú puedes ver por qué y hasta cuándo.
problem-room-closed = Esta sala está cerrada por ahora. Tu borrador está guardado.
problem-reply-gone = El mensaje que respondiste ya no está. Envía el tuyo sin la cita.
problem-message-gone = Ese mensaje ya se había quitado.
problem-message-withdrawn = Quien lo escribió quitó este mensaje.
problem-text-empty = Escribe algo primero.
problem-text-long = Es un poco largo. Usa { $most } letras o menos.
problem-text-broken = Algunos caracteres están dañados. Escribe esa parte otra vez.
problem-block-staff = No puedes bloquear al equipo. Puedes pedir hablar con otra persona del equipo.
problem-break-length = Una pausa termina en 14 días o menos.
problem-concern-empty = Elige una, o dilo con tus palabras.
problem-concern-many = Muchas personas nos dijeron lo mismo de este lugar, y alguien lo va a revisar. ¿No te sentiste a salvo ahí? Entonces elige eso: siempre lo guardamos.
