# The board: places and lines, as visitors read them.
front-title = Find help near you
front-private = No account. We never keep where you search.
front-open-count = { $n ->
        [0] None open right now
        [one] { $n } open now
       *[other] { $n } open now
    }
board-what = What do you need?
board-where = ZIP or city
board-age = Age
board-search = Search
board-needs = What do you need?
board-filters = Only show
board-more-filters = More
board-apply = Show these
board-count = { $n ->
        [one] { $n } place
       *[other] { $n } places
    }
board-urgent = You can talk to a person.
board-none = No match this time. You can see all places, or call a line: they help you look.
board-see-lines = See the lines
board-back = Back to what you found
board-more = More places
board-lines = Talk to someone now
board-all-lines = { $n } more lines
board-how = How we check
board-how-text = A person reads each post before it shows. We call each place, then again every 6 months. What we don't know, we say.
board-told = Who may be told:
board-told-unknown = we don't know yet. Ask before you give your name.
board-wrong = Something wrong?
board-wrong-thanks = Thanks. A person will check this by { $day }.
board-wrong-care = Did something happen to you there? It is not your fault. You can talk with someone now: call or text 988, or open Help now.
board-wrong-what = What's wrong?
board-wrong-hint = You don't have to. Please leave out your name and where you are.
board-wrong-send = Send
board-hours = Hours
board-call = Call { $phone }
board-text = Text { $number }
board-text-word = Text { $word } to { $number }
board-call-first = Call first
board-open = Open, any hour
board-closed = Closed
board-open-today = Open now, until { $time }{ $hour ->
       *[other] {""}
    }
board-open-later = Open now, until { $when }
board-closed-today = Closed, opens { $time }{ $hour ->
       *[other] {""}
    }
board-closed-later = Closed, opens { $when }
board-checked = Checked { $date }
board-checked-old = Checked { $date }. It may be out of date. Call first.
board-not-checked = Not checked here yet
board-ages = Ages { $low }–{ $high }
board-ages-from = Ages { $low } and up
board-ages-to = Up to { $high }
board-id-needed = ID needed
board-id-none = No ID needed
board-lgbtq-welcome = LGBTQ+ welcome
board-parents-welcome = Parents welcome
board-pets-welcome = Pets OK
board-accessible = Wheelchair access
hours-all-day = all day
hours-any = any hour
hours-closed = closed
hours-every-day = Every day
hours-span = { $opens } to { $closes }
cost-free = Free
cost-low = Low cost
cost-paid = Costs money
board-says-any = They say: any hour.
board-says = They say: { $hours }.
board-hours-unsure = Hours they gave us. Call first.
board-call-word = Call
board-age-hint = Ages here go from 10 to 26. We looked for any age.
line-told-unknown = Who may be told: we don't know yet. Ask before you give your name.
front-join = Got a code from your program? There are rooms here too, with people your age.
front-have-code = Have a code? Join
front-ways-in = Rooms
board-count-bed = { $n ->
        [one] { $n } place for a bed
       *[other] { $n } places for a bed
    }
board-count-food = { $n ->
        [one] { $n } place for food
       *[other] { $n } places for food
    }
board-count-health = { $n ->
        [one] { $n } place for health
       *[other] { $n } places for health
    }
board-count-papers = { $n ->
        [one] { $n } place for ID and papers
       *[other] { $n } places for ID and papers
    }
board-count-safety = { $n ->
        [one] { $n } place for safety
       *[other] { $n } places for safety
    }
board-count-work = { $n ->
        [one] { $n } place for work and school
       *[other] { $n } places for work and school
    }
board-line-unsure = Hours not checked yet
board-hours-given = Hours they gave us
board-checked-old-line = Checked { $date }. It may be out of date.
need-bed = A bed tonight
need-food = Food
need-health = Health
need-papers = ID, papers
need-safety = Safety
need-work = Work, school
filter-no-id = No ID
filter-open-now = Open now
filter-lgbtq = LGBTQ+ welcome
filter-parents = Parents welcome
filter-pets = Pets OK
filter-spanish = Español
filter-free = Free
filter-accessible = Wheelchair access
kind-center = Drop-in center
kind-shelter = Shelter
kind-housing = Housing
kind-food = Food
kind-health = Health
kind-papers = ID and papers
kind-safety = Safety
kind-school = School
kind-work = Work
kind-travel = Travel
kind-line = Phone line
tag-bed = A bed
tag-housing = Housing
tag-food = Food
tag-health = Health
tag-feelings = Someone to talk to
tag-papers = ID, papers
tag-safety = Safety
tag-work = Work
tag-school = School
tag-money = Money
tag-travel = Travel
tag-crisis = Crisis
tag-abuse = Someone hurts you
tag-trafficking = Forced to work or have sex
tag-relationships = Dating
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
board-elsewhere = Nothing that fits is listed in { $place } itself. These are around there, or serve more than one town.
board-none-there = Nothing that fits is listed in { $place } yet. You can see all places, or call a line: they help you look.
board-show-all = Show all places
board-only-en = Only in English
board-only-es = Only in Spanish
wrong-pick = About { $name }
wrong-more = Say more, if you want
wrong-reach = The phone or link doesn't work
wrong-hours = The hours are wrong
wrong-closed = It moved or closed
wrong-told = They told someone, or asked for more than it says
wrong-unsafe = It didn't feel safe there
wrong-other = Something else
