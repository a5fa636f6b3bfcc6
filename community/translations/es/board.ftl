# El tablero: lugares y líneas, como los lee quien visita.
front-title = Busca ayuda cerca de ti
front-private = Sin cuenta. Nunca guardamos dónde buscas.
front-open-count = { $n ->
        [0] Ninguno abierto ahora
        [one] { $n } abierto ahora
       *[other] { $n } abiertos ahora
    }
board-what = ¿Qué necesitas?
board-where = ZIP, ciudad
board-age = Edad
board-search = Buscar
board-needs = ¿Qué necesitas?
board-filters = Mostrar solo
board-more-filters = Más
board-apply = Mostrar estos
board-count = { $n ->
        [one] { $n } lugar
       *[other] { $n } lugares
    }
board-urgent = Puedes hablar con una persona.
board-none = Esta vez no hay resultados. Puedes ver todos los lugares o llamar a una línea: te ayudan a buscar.
board-see-lines = Ver las líneas
board-back = Volver a lo que encontraste
board-more = Más lugares
board-lines = Habla con alguien ya
board-all-lines = { $n } líneas más
board-how = Cómo revisamos
board-how-text = Una persona lee cada publicación antes de mostrarla. Llamamos a cada lugar, y otra vez cada 6 meses. Lo que no sabemos, lo decimos.
board-told = A quién le avisan:
board-told-unknown = aún no sabemos. Pregunta antes de dar tu nombre.
board-wrong = ¿Hay un error?
board-wrong-thanks = Gracias. Una persona lo revisa a más tardar el { $day }.
board-wrong-care = ¿Te pasó algo ahí? No es tu culpa. Puedes hablar con alguien ya: llama al 988 y oprime 2, o abre Ayuda ya.
board-wrong-what = ¿Qué está mal?
board-wrong-hint = No es necesario. No escribas tu nombre ni dónde estás.
board-wrong-send = Enviar
board-hours = Horario
board-call = Llamar { $phone }
board-text = Texto al { $number }
board-text-word = Manda { $word } al { $number }
board-call-first = Llama primero
board-open = Abierto a toda hora
board-closed = Cerrado
board-open-today = Abierto, hasta { $hour ->
        [1] la
       *[other] las
    } { $time }
board-open-later = Abierto, hasta el { $when }
board-closed-today = Cerrado, abre a { $hour ->
        [1] la
       *[other] las
    } { $time }
board-closed-later = Cerrado, abre el { $when }
board-checked = Revisado { $date }
board-checked-old = Revisado { $date }. Puede no estar al día. Llama primero.
board-not-checked = Falta revisarlo aquí
board-ages = { $low } a { $high } años
board-ages-from = Desde { $low } años
board-ages-to = Hasta { $high } años
board-id-needed = Piden ID
board-id-none = No piden ID
board-lgbtq-welcome = Reciben a LGBTQ+
board-parents-welcome = Puedes ir con tus hijos
board-pets-welcome = Aceptan mascotas
board-accessible = Acceso en silla de ruedas
hours-all-day = todo el día
hours-any = a toda hora
hours-closed = cerrado
hours-every-day = Todos los días
hours-span = { $opens } a { $closes }
cost-free = Gratis
cost-low = Bajo costo
cost-paid = Con costo
board-says-any = Dicen: a toda hora.
board-says = Dicen: { $hours }.
board-hours-unsure = Horario que nos dieron. Llama primero.
board-call-word = Llamar
board-age-hint = Aquí las edades van de 10 a 26. Buscamos para cualquier edad.
line-told-unknown = A quién le avisan: aún no sabemos. Pregunta antes de dar tu nombre.
front-join = ¿Tu programa te dio un código? Aquí también hay salas con gente de tu edad.
front-have-code = Tengo un código
front-ways-in = Salas
board-count-bed = { $n ->
        [one] { $n } lugar con cama
       *[other] { $n } lugares con cama
    }
board-count-food = { $n ->
        [one] { $n } lugar con comida
       *[other] { $n } lugares con comida
    }
board-count-health = { $n ->
        [one] { $n } lugar de salud
       *[other] { $n } lugares de salud
    }
board-count-papers = { $n ->
        [one] { $n } lugar para ID y papeles
       *[other] { $n } lugares para ID y papeles
    }
board-count-safety = { $n ->
        [one] { $n } lugar de seguridad
       *[other] { $n } lugares de seguridad
    }
board-count-work = { $n ->
        [one] { $n } lugar de trabajo y escuela
       *[other] { $n } lugares de trabajo y escuela
    }
board-line-unsure = Falta revisar el horario
board-hours-given = Horario que nos dieron
board-checked-old-line = Revisado { $date }. Puede no estar al día.
need-bed = Cama hoy
need-food = Comida
need-health = Salud
need-papers = ID, papeles
need-safety = Seguridad
need-work = Trabajo, escuela
filter-no-id = Sin ID
filter-open-now = Abierto ahora
filter-lgbtq = Reciben a LGBTQ+
filter-parents = Con tus hijos
filter-pets = Aceptan mascotas
filter-spanish = Español
filter-free = Gratis
filter-accessible = Acceso en silla de ruedas
kind-center = Centro abierto
kind-shelter = Albergue
kind-housing = Vivienda
kind-food = Comida
kind-health = Salud
kind-papers = ID y papeles
kind-safety = Seguridad
kind-school = Escuela
kind-work = Trabajo
kind-travel = Viaje
kind-line = Línea de teléfono
tag-bed = Una cama
tag-housing = Vivienda
tag-food = Comida
tag-health = Salud
tag-feelings = Alguien con quien hablar
tag-papers = ID, papeles
tag-safety = Seguridad
tag-work = Trabajo
tag-school = Escuela
tag-money = Dinero
tag-travel = Viaje
tag-crisis = Crisis
tag-abuse = Alguien te lastima
tag-trafficking = Te obligan a trabajar o a tener sexo
tag-relationships = Relaciones de pareja
tag-lgbtq = LGBTQ+
language-en = English
language-es = Español
language-fr = Français
language-ht = Kreyòl
language-pt = Português
language-vi = Tiếng Việt
language-zh = 中文
language-ar = العربية
language-so = Soomaali
language-asl = ASL
board-elsewhere = En { $place } no hay nada así en la lista. Estos están por esa zona, o atienden a más de una ciudad.
board-none-there = En { $place } aún no hay nada así en la lista. Puedes ver todos los lugares o llamar a una línea: te ayudan a buscar.
board-show-all = Ver todos los lugares
board-only-en = Solo en inglés
board-only-es = Solo en español
wrong-pick = Sobre { $name }
wrong-more = Cuenta más, si quieres
wrong-reach = El teléfono o el link no sirve
wrong-hours = El horario está mal
wrong-closed = Se mudó o cerró
wrong-told = Le avisaron a alguien, o piden más de lo que dice
wrong-unsafe = No me sentí a salvo ahí
wrong-other = Otra cosa
