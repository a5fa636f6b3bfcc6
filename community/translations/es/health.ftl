# La página de estado: las partes y cómo están.
health-database = Base de datos
health-database-ok = funciona
health-database-down = no contesta
health-database-full = casi sin espacio en disco
health-rules = Reglas de revisión
health-rules-ok = cargadas
health-rules-down = sin cargar
health-adviser = Asesor de toxicidad
health-adviser-ok = instalado
health-adviser-missing = no instalado
health-adviser-down = no contesta
health-erasing = Borrado del chat viejo
health-erasing-ok = a tiempo
health-erasing-down = con retraso
