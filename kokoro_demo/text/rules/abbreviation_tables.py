"""What abbreviations stand for."""

from __future__ import annotations

from kokoro_demo.text.patterns import listed

# A name follows these, so their full stop ends no sentence.
TITLES = {
    "brig": "Brigadier", "mr": "Mister", "mrs": "Missus", "ms": "Miz", "messrs": "Messieurs", "mme": "Madame",
    "mlle": "Mademoiselle", "drs": "Doctors", "profs": "Professors", "prof": "Professor", "rev": "Reverend",
    "hon": "Honorable", "gov": "Governor", "sen": "Senator", "rep": "Representative", "gen": "General",
    "col": "Colonel", "capt": "Captain", "cpt": "Captain", "lt": "Lieutenant", "sgt": "Sergeant", "cpl": "Corporal",
    "pvt": "Private", "maj": "Major", "cmdr": "Commander", "cdr": "Commander", "adm": "Admiral",
    "pres": "President", "supt": "Superintendent", "insp": "Inspector", "det": "Detective", "msgr": "Monsignor",
    "fr": "Father", "br": "Brother", "mt": "Mount", "ft": "Fort", "atty": "Attorney", "amb": "Ambassador",
    "dir": "Director", "pt": "Point", "sec": "Secretary", "sr": "Sister",
}  # fmt: skip
# Titles that also stand without a full stop, and those that are said even where no name follows.
TITLES_WITHOUT_STOP = listed("mr mrs ms messrs mme mlle prof sgt capt lt mt")
TITLES_ALONE = listed("mr mrs ms prof hon maj mt rev capt messrs")
# Anything may follow these.
WORDS = {
    "vs": "versus", "v": "versus", "etc": "et cetera", "approx": "approximately", "dept": "department",
    "est": "estimated", "rm": "room", "rte": "route", "ct": "court", "pl": "place", "ret": "retired",
    "govt": "government", "assn": "association", "assoc": "associates", "bros": "brothers", "inc": "incorporated",
    "ltd": "limited", "corp": "corporation", "co": "company", "univ": "university", "inst": "institute",
    "ave": "avenue", "blvd": "boulevard", "rd": "road", "ln": "lane", "hwy": "highway", "pkwy": "parkway",
    "apt": "apartment", "ste": "suite", "bldg": "building", "sr": "senior", "jr": "junior", "esq": "esquire",
    "ed": "edition", "eds": "editors", "vol": "volume", "vols": "volumes", "ch": "chapter", "fig": "figure",
    "figs": "figures", "para": "paragraph", "ref": "reference", "refs": "references", "tel": "telephone",
    "ext": "extension", "max": "maximum", "min": "minimum", "avg": "average", "temp": "temperature", "wt": "weight",
    "misc": "miscellaneous", "expy": "expressway", "incl": "including",
    "excl": "excluding", "cf": "compare", "viz": "namely",
    "ca": "circa", "al": "al", "op": "op", "cit": "cit", "ibid": "ibid", "mfg": "manufacturing", "mgr": "manager",
    "asst": "assistant", "attn": "attention", "qty": "quantity", "tbsp": "tablespoon", "tsp": "teaspoon",
    "mon": "Monday", "tue": "Tuesday", "tues": "Tuesday", "wed": "Wednesday", "thu": "Thursday", "thur": "Thursday",
    "thurs": "Thursday", "fri": "Friday", "jan": "January", "feb": "February", "apr": "April", "aug": "August",
    "sept": "September", "oct": "October", "nov": "November", "dec": "December", "mar": "March",
    "calif": "California", "mass": "Massachusetts", "conn": "Connecticut", "ariz": "Arizona", "fla": "Florida",
    "ill": "Illinois", "mich": "Michigan", "minn": "Minnesota", "tenn": "Tennessee", "tex": "Texas",
    "colo": "Colorado", "okla": "Oklahoma", "wis": "Wisconsin", "penn": "Pennsylvania", "ont": "Ontario",
    "oz": "ounces", "lb": "pounds", "lbs": "pounds", "hr": "hour", "hrs": "hours", "mins": "minutes",
    "secs": "seconds", "yr": "year", "yrs": "years", "wk": "week", "wks": "weeks", "mos": "months", "sq": "square",
    "cu": "cubic", "gal": "gallons", "pg": "page", "sect": "section", "intl": "international", "natl": "national",
    "dist": "district", "div": "division", "tech": "technology", "prev": "previous", "orig": "original",
    "abbr": "abbreviation", "cont": "continued", "fwd": "forward", "pkg": "package", "req": "required",
    "std": "standard", "admin": "admin", "mgmt": "management", "acct": "account", "amt": "amount", "doz": "dozen",
    "lg": "large", "sm": "small", "flr": "floor", "cl": "clause", "supp": "supplement", "civ": "civil",
    "fed": "federal",
    "pkgs": "packages", "dbl": "double", "lic": "license", "hosp": "hospital",
}  # fmt: skip
# Of these: names, which have a capital; words in their own right, which end no sentence as abbreviations; those
# that need no full stop; and those that are abbreviations only before a figure or a numeral.
CAPITAL_ONLY = listed(
    "ct pl ret mon wed fri jan mar nov dec apr mass ill mich tex penn ont fla conn ariz calif colo okla wis",
    "tenn minn sept oct aug feb thu tue co ave",
)
NOT_AT_END = listed("fed lg sm mass ill tex penn mar max min ref ed ch fig temp sec op dist div tech para cont est dec")
WITHOUT_STOP = listed("vs etc approx govt ltd Ltd Inc vol Vol VOL vols Bros Apt Ste Rm Fig Figs dept mgmt mgr Hwy Rte")
BEFORE_FIGURE = listed("cl flr vol vols ch fig figs pg ext para sect ref refs apt ste rm ca eq")
# A number follows these.
NUMBERED = {
    "op": "opus",
    "no": "number", "nr": "number", "nos": "numbers", "p": "page", "pp": "pages", "c": "circa",
    "est": "established", "b": "born", "d": "died", "r": "reigned", "fl": "flourished", "v": "version",
    "art": "article", "eq": "equation", "vol": "volume", "fig": "figure", "ch": "chapter", "sec": "section",
    "para": "paragraph", "ver": "version",
    "eqs": "equations", "secs": "sections", "arts": "articles", "chs": "chapters",
    "paras": "paragraphs", "figs": "figures",
}  # fmt: skip
# Books of the Bible before a chapter and a verse.
BOOKS = {
    "Gen": "Genesis", "Ex": "Exodus", "Exod": "Exodus", "Lev": "Leviticus", "Num": "Numbers", "Deut": "Deuteronomy",
    "Josh": "Joshua", "Sam": "Samuel", "Chr": "Chronicles", "Ps": "Psalm", "Prov": "Proverbs",
    "Eccl": "Ecclesiastes", "Isa": "Isaiah", "Jer": "Jeremiah", "Ezek": "Ezekiel", "Dan": "Daniel",
    "Matt": "Matthew", "Mk": "Mark", "Lk": "Luke", "Jn": "John", "Rom": "Romans", "Cor": "Corinthians",
    "Gal": "Galatians", "Eph": "Ephesians", "Phil": "Philippians", "Col": "Colossians", "Thess": "Thessalonians",
    "Tim": "Timothy", "Heb": "Hebrews", "Jas": "James", "Pet": "Peter", "Rev": "Revelation",
}  # fmt: skip
# Piece by their meaning.
LATIN = {
    "e.g": "for example", "i.e": "that is", "n.b": "note well", "w.r.t": "with respect to",
}  # fmt: skip
# Degrees, which are named by their letters.
DEGREES = {
    "Ph.D": "PHD", "Ph.Ds": "PHDs", "M.Sc": "MSC", "B.Sc": "BSC", "M.Ed": "MED", "Ed.D": "EDD", "D.Phil": "DPHIL",
    "LL.B": "LLB", "LL.M": "LLM", "LL.D": "LLD",
}  # fmt: skip
# Written with a slash.
SLASHED = {
    "w/o": "without", "w/out": "without", "w/": "with", "c/o": "care of", "b/c": "because", "b/w": "between",
}  # fmt: skip
# States of the U.S. after the name of a town.
STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DE": "Delaware", "DC": "DC", "FL": "Florida", "GA": "Georgia", "HI": "Hawaii",
    "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky",
    "LA": "Louisiana", "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
    "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire",
    "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York", "NC": "North Carolina", "ND": "North Dakota",
    "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania", "RI": "Rhode Island",
    "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont",
    "VA": "Virginia", "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
}  # fmt: skip
# As they were written before 1963, with a full stop.
OLD_STATES = {
    "Ala": "Alabama", "Ariz": "Arizona", "Ark": "Arkansas", "Cal": "California", "Calif": "California",
    "Colo": "Colorado", "Conn": "Connecticut", "Del": "Delaware", "Fla": "Florida", "Ga": "Georgia", "Ill": "Illinois",
    "Ind": "Indiana", "Kan": "Kansas", "Kans": "Kansas", "Ky": "Kentucky", "La": "Louisiana", "Mass": "Massachusetts",
    "Md": "Maryland", "Me": "Maine", "Mich": "Michigan", "Minn": "Minnesota", "Miss": "Mississippi", "Mo": "Missouri",
    "Mont": "Montana", "Neb": "Nebraska", "Nebr": "Nebraska", "Nev": "Nevada", "Okla": "Oklahoma", "Ore": "Oregon",
    "Oreg": "Oregon", "Pa": "Pennsylvania", "Penn": "Pennsylvania", "Tenn": "Tennessee", "Tex": "Texas",
    "Va": "Virginia", "Vt": "Vermont", "Wash": "Washington", "Wis": "Wisconsin", "Wisc": "Wisconsin", "Wyo": "Wyoming",
    "Wva": "West Virginia", "Ont": "Ontario", "Que": "Quebec", "Alta": "Alberta", "Sask": "Saskatchewan",
}  # fmt: skip
