# El tablero: lugares y líneas, como los lee quien visita.
front-title = Busca ayuda cerca de ti
front-private = Sin cuenta. Nunca guardamos dónde buscas.
front-open-count = { $n ->
        [0] Ninguno abierto ahora
        [one] { $n } abierto ahora
       *[other] { $n } abiertos ahora
    }
board-what = ¿Qué necesitas?
board-where = ZIP o ciudad
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
board-urgent = Puedes hablar con una persona ya, a cualquier hora.
board-none = Esta vez no hay resultados. Prueba más lejos o con menos filtros. Estas líneas te ayudan a buscar.
board-clear = Quitar filtros
board-see-lines = Ver las líneas
board-more = Más lugares
board-lines = Habla con alguien ya
board-all-lines = Todas las líneas ({ $n })
board-how = Cómo revisamos
board-how-text = Una persona lee cada publicación antes de mostrarla. Llamamos a cada lugar, y otra vez cada 6 meses. Lo que no sabemos, lo decimos.
board-told = A quién le avisan:
board-told-unknown = aún no sabemos. Pregunta antes de dar tu nombre.
board-wrong = ¿Hay un error?
board-wrong-thanks = Gracias. Una persona lo revisa a más tardar el { $day }.
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
board-open-later = Abierto, hasta { $when }
board-closed-today = Cerrado, abre a { $hour ->
        [1] la
       *[other] las
    } { $time }
board-closed-later = Cerrado, abre { $when }
board-checked = Revisado { $date }
board-checked-old = Revisado { $date }. Puede no estar al día. Llama primero.
board-not-checked = Falta revisarlo aquí
board-ages = { $low } a { $high } años
board-ages-from = Desde { $low } años
board-ages-to = Hasta { $high } años
board-id-needed = Piden ID
board-id-none = Sin ID
board-lgbtq-welcome = LGBTQ+
board-parents-welcome = Con hijos
board-pets-welcome = Con mascota
board-accessible = Silla de ruedas
hours-all-day = todo el día
hours-any = a toda hora
hours-closed = cerrado
hours-every-day = Todos los días
hours-span = { $opens } a { $closes }
cost-free = Gratis
cost-low = Bajo costo
cost-paid = Con costo
need-bed = Cama hoy
need-food = Comida
need-health = Salud
need-papers = ID, papeles
need-safety = Seguridad
need-work = Trabajo, escuela
filter-no-id = Sin ID
filter-open-now = Abierto ahora
filter-lgbtq = LGBTQ+
filter-parents = Con hijos
filter-pets = Con mascota
filter-spanish = Español
filter-free = Gratis
filter-accessible = Silla de ruedas
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
