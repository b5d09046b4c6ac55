"""What people paste, by field: law, papers, addresses, schedules, recipes, clinics, finance, sport, chat, code."""

from __future__ import annotations

import pytest

from kokoro_demo.text import normalise

UUID = (
    "one two three E four five six seven, E eight nine B, one two D three, A four five six, "
    "four two six six one four one seven four zero zero zero"
)
AMERICAN = {
    "file names": [
        ("Open file.txt and git.md.", "Open file dot txt and git dot md."),
        ("debt.xlsx, sign.pdf, odds.csv", "debt dot xlsx, sign dot pdf, odds dot csv"),
        ("my_sync_file.py", "my underscore sync underscore file dot py"),
        ("hi@file.io", "hi at file dot io"),
        ("#file and @git_log", "hashtag file and at git underscore log"),
        ("photo.jpeg", "photo dot jpeg"),
        ("file:///home/odds.csv", "file slash home slash odds dot csv"),
        ("http.md and ssh.log", "http dot md and ssh dot log"),
        ("GET /a/b?x=1&y=2 failed", "GET slash a slash b question mark x equals one and y equals two failed"),
        ("#fyi", "hashtag fyi"),
    ],
    "papers": [
        ("doi:10.1000/182", "D O I ten dot one thousand slash one eighty two"),
        ("See 10.1234/abc-5.", "See ten dot twelve thirty four slash abc dash five."),
        ("arXiv:2101.00123v2", "archive two one zero one point zero zero one two three version two"),
        ("on arXiv today", "on archive today"),
        ("pp. 12ff. and 30ff.", "pages twelve and following and thirty and following."),
        ("Thm. 3, Prop. 2 and App. B", "Theorem three, Proposition two and Appendix B"),
        ("chap. vi, ll. 1-4, Pt. II", "chapter six, lines one to four, Part two"),
        ("Pt. Reyes, 1 pt. cream", "Point Reyes, one pint cream"),
        ("journal 49(1), f(2)", "journal forty nine (one), f (two)"),
    ],
    "law": [
        ("Rule 12(b)(6)", "Rule twelve B six"),
        ("clause 3(b)(ii)", "clause three B two"),
        ("401(k) and 501(c)(3)", "four oh one K and five oh one C three"),
        ("§ 1983(a), §§ 12–14", "section nineteen eighty three A, sections twelve to fourteen"),
        ("Fed. R. Civ. P. 56", "Federal Rule of Civil Procedure fifty six"),
        ("id. at 14 n.3", "id. at fourteen note three"),
        ("Ex. A, Exs. B–D", "Exhibit A, Exhibits B to D"),
        ("see (2019)(a)", "see (twenty nineteen) (a)"),
        ("the U.S. Const. says", "the U S Constitution says"),
    ],
    "chemistry": [
        ("TiO2, Ca(OH)2 and NaCl", "T I O two, C A O H two and N A C L"),
        ("Fe3+ and Na+ ions", "F E three plus and N A plus ions"),
        ("NaHCO3, H2SO4", "N A H C O three, H two S O four"),
        ("Cl2 gas", "C L two gas"),
        ("CoS, BaSe", "Co S, Ba Se"),
        ("In2 words and HeLa cells", "In two words and HeLa cells"),
    ],
    "roads and bearings": [
        ("off I-95 N. Then", "off I ninety five North. Then"),
        ("Rt. 9W and US-1 S", "Route nine W and U S one South"),
        ("20 mi. NW of town", "twenty miles northwest of town"),
        ("5 km E of here", "five kilometers east of here"),
        ("winds NNE at 10 mph", "winds north northeast at ten miles per hour"),
        ("Plan N. Then", "Plan N. Then"),
        ("a force of 95 N", "a force of ninety five newtons"),
        ("in Peoria IL.", "in Peoria Illinois."),
        ("Salem MA 01970", "Salem Massachusetts zero one nine seven zero"),
        ("San José, CA", "San José, California"),
        ("Jane Doe MD.", "Jane Doe M D."),
        ("junction 8/9", "junction eight slash nine"),
        ("3/8 inch", "three eighths inch"),
    ],
    "days": [
        ("on Sat., 9/14", "on Saturday, September fourteenth"),
        ("out 12/23–1/2", "out December twenty third to January second"),
        ("1/4-3/8 inch", "one quarter to three eighths inch"),
        ("50% of 1/2", "fifty percent of one half"),
        ("Thurs. Nov. 7th", "Thursday November seventh"),
        ("closed Sun.", "closed Sunday."),
        ("The Sun. It shone.", "The Sun. It shone."),
        ("T/Th 1-2, M/W/F 9-10", "Tuesday Thursday one to two, Monday Wednesday Friday nine to ten"),
        ("6:45a to 9:10p", "six forty five am to nine ten pm"),
        ("1:50,000 map", "one to fifty thousand map"),
        ("Quran 2:255", "Quran two two hundred fifty five"),
    ],
    "money and measures": [
        ("$75k/yr and £3k/month", "seventy five thousand dollars per year and three thousand pounds per month"),
        ("a 3-pt. shot, 12 pt font", "a three point shot, twelve point font"),
        ("a 2.5 ct diamond", "a two point five carat diamond"),
        ("the 6 ft 4 in player", "the six foot four inch player"),
        ("he is 6 ft. 4 in. tall", "he is six feet four inches tall"),
        ("ran 6 ft 4 in the rain", "ran six feet four in the rain"),
        ("his 32-yr.-old mom", "his thirty two year old mom"),
        ("a 54 y/o M", "a fifty four year old male"),
        ("she is 54 y/o.", "she is fifty four years old."),
        ("q6h", "every six hours"),
        ("net inc. rose; rev. of $4B", "net income rose; revenue of four billion dollars"),
        ("the Rev. Lee", "the Reverend Lee"),
    ],
    "abbreviations": [
        ("mgmt., acct. and mktg. dept.", "management, account and marketing department."),
        ("the acct. no. is 12345678", "the account number is one two three four five six seven eight"),
        ("utilities incl., tax excl.", "utilities included, tax excluded."),
        ("the apt., 900 sq ft", "the apt, nine hundred square feet"),
        ("King Jr.'s and Acme Inc.'s", "King Junior's and Acme Incorporated's"),
        ("gov't and int'l rec'd", "government and international received"),
        ("Lee def. Park", "Lee defeated Park"),
        ("end-\nof-line", "end of line"),
    ],
    "sport and school": [
        ("won 6-4, 3-6, 7-6", "won six four, three six, seven six"),
        ("pages 3-6, 8-10", "pages three to six, eight to ten"),
        ("open 9-5, Sat 10-2", "open nine to five, Saturday ten to two"),
        ("hit .305", "hit three oh five"),
        ("p of .305", "p of point three zero five"),
        ("MATH 201 and PHYS 101L", "MATH two oh one and PHYS one oh one L"),
        ("MATH 300 students", "MATH three hundred students"),
    ],
    "chat and telephone": [
        ("gr8, c u 2morrow", "great, c u tomorrow"),
        ("pls b4 u go, thx", "please before u go, thanks"),
        ("Ur of the Chaldees", "Ur of the Chaldees"),
        ("1. b4 Nf6", "one. B four knight F six"),
        ("dial *67", "dial star six seven"),
        ("press # now", "press pound now"),
        ("the Q1 #s", "the Q one numbers"),
    ],
}
AMERICAN["second look"] = [
    ("123e4567-e89b-12d3-a456-426614174000", UUID),
    ("Step 1/3, page 2/5", "Step one of three, page two of five"),
    ("expires 05/2027, 3/2019", "expires May twenty twenty seven, March twenty nineteen"),
    ("2 x 500mg tablets", "two times five hundred milligram tablets"),
    ("What's 7 x 8?", "What's seven times eight?"),
    ("a 7 x 8 m room", "a seven by eight meter room"),
    ("Wm. Penn and Thos. Paine", "William Penn and Thomas Paine"),
    ("b. 5 May 1901; d. Dec. 1, 1910", "born the fifth of May nineteen oh one; died December first, nineteen ten"),
    ("$TSLA rose, $5 fell", "T S L A rose, five dollars fell"),
    ("odds of 7-2, a 5-1 favorite", "odds of seven to two, a five to one favorite"),
    ("10-11:30 ET", "ten to eleven thirty E T"),
    ("P.M., PST.", "pm, P S T."),
    ("F(2,45)=3.2", "F (two, forty five) equals three point two"),
    ("40.7° N, 74° W", "forty point seven degrees north, seventy four degrees west"),
    ("$78/bbl", "seventy eight dollars per barrel"),
    ("a 45 y.o. female", "a forty five year old female"),
    ("Mt 5:3 and 4% p.a.", "Matthew five three and four percent per annum."),
    ("if a && b", "if a and b"),
    ("last yr, 3 hrs ago", "last year, three hours ago"),
    ("IT was a bright day. IT was hacked.", "it was a bright day. I T was hacked."),
    ("IT is down", "I T is down"),
    ("SHE SAT down. The SAT is hard.", "SHE sat down. The S A T is hard."),
    ("sections 2a-2c cost 5c", "sections two a two c cost five cents"),
    ("Cho (D-N.Y.) and Roe (R-Tex.)", "Cho (D New York) and Roe (R Texas)"),
    ("a 3/5 star film, 4/5 stars", "a three out of five star film, four out of five stars"),
    ("Go to Settings > Privacy > Location", "Go to Settings, Privacy, Location"),
    ("x > 5 and aa > bb", "x greater than five and aa greater than bb"),
    ("at 7p on Friday", "at seven pm on Friday"),
    ("Mon-Thu 7a-9p", "Monday to Thursday seven am to nine pm"),
    ("at 10a PT", "at ten am P T"),
    ("a 7a b", "a seven a b"),
    ("from 2.15-3.45pm", "from two fifteen to three forty five pm"),
    ("No. 9,456 B2", "Number nine thousand four hundred fifty six B two"),
    ("141 S. Ct. 1234", "one hundred forty one Supreme Court twelve thirty four"),
    ("§ 1910.134(c)(1)(iv)", "section nineteen ten point one three four C one four"),
    ("in the 1st c. B.C.", "in the first century B C."),
    ("3rd Fl., Elm Ct.", "third floor, Elm Court."),
    ("GPA 3.9/4.0", "G P A three point nine out of four point zero"),
    ("odds 6/4", "odds six to four"),
    ("13st 4lb, the 13th", "thirteen stone four pounds, the thirteenth"),
]
BRITISH = [
    ("dep. 19.45, arr. 21.10", "departs nineteen forty five, arrives twenty one ten"),
    ("at 7p on average", "at seven pence on average"),
    ("up 3.5pc", "up three point five percent"),
    ("born b. 3 June 1850", "born born the third of June eighteen fifty"),
    ("press # now", "press hash now"),
    ("out 23/12–2/1", "out the twenty third of December to the second of January"),
    ("the 6 ft 4 in player", "the six foot four inch player"),
    ("Net inc. was £3k/month", "Net income was three thousand pounds per month"),
]


@pytest.mark.parametrize(("written", "spoken"), [case for cases in AMERICAN.values() for case in cases])
def test_pasted_text(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken


@pytest.mark.parametrize(("written", "spoken"), BRITISH)
def test_pasted_british_text(written: str, spoken: str) -> None:
    assert normalise(written, "en-gb").spoken == spoken


ORDINARY = [
    ("He received 2/3 of the votes.", "He received two thirds of the votes."),
    ("It opens 3/4 of the way.", "It opens three quarters of the way."),
    ("from 1/2 to 3/4 of the people", "from one half to three quarters of the people"),
    ("made of 3/4 plywood, a thickness of 1/4", "made of three quarters plywood, a thickness of one quarter"),
    ("the week of 3/4, as of 1/2, paid 3/4", "the week of March fourth, as of January second, paid March fourth"),
    ("on 2/3 of this year", "on February third of this year"),
    ("odds of 1/2", "odds of one to two"),
    ("Step 1/2 cup of milk in.", "Step one half cup of milk in."),
    (
        "The image is 3/4 full; image 3/4 of the way",
        "The image is three quarters full; image three quarters of the way",
    ),
    ("The song hit #1 in May.", "The song hit number one in May."),
    ("hit # and press #2", "hit pound and press pound two"),
    ("The M/F ratio, M/F 9-10", "The M F ratio, Monday Friday nine to ten"),
    ("She was the def. Nobody said so.", "She was the def. Nobody said so."),
    ("Smith def. Jones", "Smith defeated Jones"),
    ("History 101 was fun.", "History one oh one was fun."),
    ("Spanish 150 people", "Spanish one hundred fifty people"),
    ("from the S. Bronx, just N.Y.", "from the S Bronx, just N Y."),
    ("an E. coli scare from the E. coli farm", "an E coli scare from the E coli farm"),
    ("in 5 minutes S.O.S.", "in five minutes S O S."),
    ("Winds from the W. Highs near 50.", "Winds from the west. Highs near fifty."),
    ("5 miles S. of here", "five miles south of here"),
    ("See page 5a-6a.", "See page five a six a."),
    ("2:30p.m., 4:15a.m. and 2:30p", "two thirty pm, four fifteen am and two thirty pm"),
    ("by 2/3 majority", "by two thirds majority"),
    ("open 7a-9p.m. and 7a-9p", "open seven am to nine pm and seven am to nine pm"),
    ("We met at 5p.m. and left by 8a.m. today.", "We met at five pm and left by eight am today."),
    ("$20 incl. VAT, states incl. Ohio", "twenty dollars including V A T, states including Ohio"),
    ("$900, utilities incl. No pets.", "nine hundred dollars, utilities included. No pets."),
    ("It grew 5 ft 2 in June.", "It grew five feet two in June."),
    ("It fell 5 ft 6 in less than a second.", "It fell five feet six in less than a second."),
]


@pytest.mark.parametrize(("written", "spoken"), ORDINARY)
def test_text_that_only_looks_like_one_of_these(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken
