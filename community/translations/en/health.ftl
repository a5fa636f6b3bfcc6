# The health page: parts and their states.
health-database = Database
health-database-ok = works
health-database-down = does not answer
health-database-full = almost out of disk space
health-rules = Screening rules
health-rules-ok = loaded
health-rules-down = not loaded
health-adviser = Toxicity adviser
health-adviser-ok = installed
health-adviser-missing = not installed
health-adviser-down = does not answer
health-erasing = Erasing old chat
health-erasing-ok = on time
health-erasing-down = late
