# La página de estado: las partes y cómo están.
health-database = Base de datos
health-database-ok = funciona
health-database-down = no contesta
health-database-full = casi sin espacio en disco
health-rules = Reglas de revisión
health-rules-ok = probadas, funcionan
health-rules-down = no detienen lo que deben
health-adviser = Asesor de toxicidad
health-adviser-ok = instalado
health-adviser-gaps = instalado; textos que no pudo mirar: { $count }
health-adviser-missing = no instalado
health-adviser-down = no contesta
health-erasing = Borrado del chat viejo
health-erasing-ok = a tiempo
health-erasing-down = con retraso
health-erasing-copies = con retraso: otro programa lee la base de datos y mantiene copias viejas en su registro
