"""Words people type, in two languages and a few more, and what they look for. Pure data, written folded: no accents."""

from __future__ import annotations

NEED_WORDS: dict[str, tuple[str, ...]] = {
    "bed": (
        "bed", "bed tonight", "cama", "sleep", "sleeping", "dormir", "shelter", "albergue", "refugio", "hogar de paso",
        "techo", "night", "noche", "place to stay", "somewhere to stay", "donde quedarme", "overnight", "cot",
        "kicked out", "me corrieron", "me echaron", "ran away", "run away", "homeless",
    ),
    "housing": (
        "housing", "vivienda", "apartment", "apartamento", "departamento", "room", "cuarto", "rent", "renta",
        "alquiler", "tlp", "long term", "transitional",
    ),
    "food": (
        "food", "comida", "comer", "eat", "meal", "dinner", "cena", "lunch", "almuerzo", "breakfast", "desayuno",
        "hungry", "hambre", "groceries", "despensa", "pantry", "snap",
    ),
    "health": (
        "health", "salud", "doctor", "medico", "clinic", "clinica", "nurse", "enfermera", "sick", "enfermo", "enferma",
        "medicine", "medicina", "dentist", "dentista", "std", "its", "sti", "hiv", "vih", "pregnant", "embarazo",
        "pregnancy", "birth control", "condom", "condones", "shower", "showering", "ducha", "duchas",
        "regadera", "banarme", "bano", "bath", "laundry", "lavanderia", "hygiene", "higiene", "tampon", "pad",
        "menstrual", "period", "periodo", "regla", "menstruacion", "toalla sanitaria", "toallas sanitarias",
        "toalla femenina", "toallas femeninas", "toalla", "soap", "jabon", "shampoo", "champu", "toothbrush",
        "cepillo de dientes", "deodorant", "desodorante", "diaper", "panales",
    ),
    "feelings": (
        "counselor", "counseling", "therapy", "terapia", "consejeria", "mental", "anxiety", "ansiedad", "depressed",
        "sad", "triste", "lonely", "psicologo", "psicologa",
    ),
    "papers": (
        "id", "identificacion", "papers", "papeles", "documents", "documentos", "birth certificate", "social security",
        "seguro social", "acta", "acta de nacimiento", "license", "licencia", "passport", "pasaporte", "immigration",
        "inmigracion", "lawyer", "abogado", "abogada", "legal",
    ),
    "safety": ("safe", "safety", "seguro", "segura", "seguridad", "safe place", "lugar seguro", "danger", "peligro"),
    "work": (
        "work", "job", "trabajo", "empleo", "hiring", "resume", "curriculum", "money", "dinero", "training",
        "capacitacion",
    ),
    "school": ("school", "escuela", "ged", "college", "universidad", "class", "clases", "tutor", "fafsa", "estudiar"),
    "travel": ("bus", "bus ticket", "ride", "transport", "transporte", "autobus", "pasaje", "go home", "volver a casa"),
    "crisis": (
        "suicide", "suicidio", "suicidal", "kill myself", "matarme", "hurt myself", "lastimarme", "cut myself",
        "want to die", "quiero morir", "morirme", "crisis", "overdose", "sobredosis", "talk to someone",
        "hablar con alguien", "hotline", "line", "linea",
    ),
    "abuse": (
        "abuse", "abuso", "hit me", "hits me", "hitting me", "me pega", "me pegan", "me golpea", "rape", "raped",
        "violacion", "violence", "violencia", "assault",
        "child abuse",
    ),
    "trafficking": ("trafficking", "trata", "pimp", "forced", "me obligan", "made me work", "sex work"),
    "relationships": ("boyfriend", "girlfriend", "novio", "novia", "partner", "pareja", "dating"),
}  # fmt: skip

FILTER_WORDS: dict[str, tuple[str, ...]] = {
    "no-id": ("no id", "sin id", "without id", "sin identificacion", "sin papeles", "no papers", "undocumented"),
    "open-now": ("open now", "abierto", "abierto ahora", "open", "right now", "tonight open"),
    "lgbtq": (
        "lgbt", "lgbtq", "lgbtq+", "gay", "lesbian", "lesbiana", "trans", "transgender", "queer", "bi", "nonbinary",
        "no binario",
    ),
    "parents": ("baby", "bebe", "parenting", "my kid", "my child", "my son", "my daughter", "mi hijo", "mi hija"),
    "pets": ("pet", "dog", "cat", "perro", "gato", "mascota"),
    "spanish": ("spanish", "espanol", "en espanol"),
    "free": ("free", "gratis"),
    "accessible": ("wheelchair", "silla de ruedas", "accessible", "accesible"),
}  # fmt: skip

# Words that say nothing about what is looked for.
SMALL_WORDS = frozenset(
    [
        "a", "an", "the", "i", "im", "am", "is", "are", "do", "does", "my", "me", "we", "you", "your", "to", "for",
        "of", "in", "on", "at", "by", "with", "near", "close", "from", "and", "or", "need", "want", "find",
        "looking", "look", "can", "could", "where", "what", "who", "how", "get", "some", "any", "please", "help",
        "now", "today", "tonight", "place", "places", "somewhere", "un", "una", "unos", "unas", "el", "la", "los",
        "las", "yo", "soy", "es", "estoy", "mi", "tu", "su", "de", "del", "en", "con", "por", "para", "cerca", "y",
        "o", "necesito", "quiero", "busco", "buscar", "donde", "que", "quien", "como", "algo", "alguna", "algun",
        "ayuda", "hoy", "ya", "lugar", "lugares", "favor",
    ]
)  # fmt: skip
