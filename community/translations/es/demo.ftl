# Solo se ve en las páginas de entrada de una demostración.
demo-admin = Administración: revisa lugares y les llama
demo-moderator-board = Moderación: casos y lugares
demo-moderator-full = Moderación: casos y pausas
demo-provider = Servicio: publica lugares
demo-worker = Programa: hace códigos
demo-youth = Joven
