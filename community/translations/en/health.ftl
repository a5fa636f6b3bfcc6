# The health page: parts and their states.
health-database = Database
health-database-ok = works
health-database-down = does not answer
health-database-full = almost out of disk space
health-rules = Screening rules
health-rules-ok = tried, they work
health-rules-down = do not hold what they must
health-adviser = Toxicity adviser
health-adviser-ok = installed
health-adviser-gaps = installed; texts it could not look at: { $count }
health-adviser-missing = not installed
health-adviser-down = does not answer
health-erasing = Erasing old chat
health-erasing-ok = on time
health-erasing-down = late
health-erasing-copies = late: another program reads the database and keeps old copies in its log file
