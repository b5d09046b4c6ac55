"""Notation of particular fields: music, games, medicine, code, chemistry, adverts, schedules, receipts."""

from __future__ import annotations

import pytest

from kokoro_demo.text import normalise

CASES = {
    "music": [
        ("Am7 to Fmaj7, B♭m7 and Esus4", "A minor seven to F major seven, B flat minor seven and E sus four"),
        ("in 6/8 time, then 9/8", "in six eight time, then nine eight"),
        ("a waltz in 3/4", "a waltz in three four"),
        ("3/4 cup, 6/8 of it", "three quarters cup, six eighths of it"),
        ("mm. 3-8 and 5 mm. thick", "measures three to eight and five millimeters thick"),
        ("Home (ft. Ivy)", "Home (featuring Ivy)"),
        ("Op. 33/2", "Opus thirty three, number two"),
        ("Chorus (x3)", "Chorus (times three)"),
    ],
    "games": [
        ("1. d4 Nf6 2. Bg5 Ne4", "one. D four knight F six two. bishop G five knight E four"),
        ("Then 12. Rxd7+ Qxd7", "Then twelve. rook takes D seven, check queen takes D seven"),
        ("9. O-O-O wins", "nine. castles queenside wins"),
        ("the chord Bb4", "the chord Bb four"),
        ("Q♠ beats 9♦, no ♣", "queen of spades beats nine of diamonds, no clubs"),
        ("I ♥ tea", "I love tea"),
        ("Silva 12', 90+3'", "Silva twelve minutes, ninety plus three minutes"),
        ("boards 12', 14'", "boards twelve feet, fourteen feet"),
        ("a 3-1 count; L 2-4", "a three one count; L two four"),
        ("HP: 30/80", "H P: thirty out of eighty"),
    ],
    "doctors' notes": [
        ("Pt. has hx of asthma", "patient has history of asthma"),
        ("1 cap PO TID x 5 days", "one capsule P O T I D for five days"),
        ("SOB x2d, s/p surgery, f/u in 1 wk", "S O B for two days, status post surgery, follow up in one week"),
        (
            "100 mg/5 mL, max 2 g/24 h",
            "one hundred milligrams per five milliliters, max two grams per twenty four hours",
        ),
        ("a 12 pt font, Pt. 2", "a twelve point font, Part two"),
        ("Wt 70 kg, Ht 160 cm", "Weight seventy kilograms, Height one hundred sixty centimeters"),
    ],
    "code": [
        ("The API returns 404, a 502 error", "The A P I returns four oh four, a five oh two error"),
        ("404 apples", "four hundred four apples"),
        ("n >= m and i <= k", "n greater than or equal to m and i less than or equal to k"),
        ("O(n^3) and x^(2)", "O (n cubed) and x squared"),
        ("git reset HEAD~2", "git reset HEAD tilde two"),
        ("pip install -U now", "pip install dash U now"),
        ("delta +0.125, LOC: +80", "delta plus zero point one two five, L O C: plus eighty"),
        ("+44 20 7946 0018", "plus four four, two zero, seven nine four six, zero zero one eight"),
        ("8C/16T", "eight cores, sixteen threads"),
    ],
    "messages": [
        ("call b4 6, its 2 late 4 me", "call before six, its too late for me"),
        ("Dr visit at 3 near the E. gate", "Doctor visit at three near the East gate"),
        ("5 mins-1 hr, HR 50s-60s", "five minutes to one hour, H R fifties to sixties"),
        ("the 3rd of mo., wk 2", "the third of month, week two"),
        ("Rd. 2, pick 9; Hill Rd. 2", "Round two, pick nine; Hill Road two"),
        ("the dr. said so, my dr is in, on Elm dr. today", "the doctor said so, my doctor is in, on Elm drive today"),
        ("TL;DR: s/he won; q8-12h", "T L D R: he or she won; every eight to twelve hours"),
        ("3 lbs. @ $2/lb, 40 Kč", "three pounds at two dollars per pound, forty Czech korunas"),
        ("404 Not Found", "four oh four Not Found"),
        (">90% done", "greater than ninety percent done"),
        ("> Quoted", "Quoted"),
        ("a 2x winner, Apt. #9", "a two time winner, Apartment number nine"),
        ("IT was a mess, said the IT team", "I T was a mess, said the I T team"),
        ("IT was a bright day in May", "it was a bright day in May"),
    ],
    "what only looks like one of these": [
        ("inside the SPD. Then", "inside the S P D. Then"),
        ("separate Tx and Rx lines", "separate Tx and Rx lines"),
        ("save it as notes.txt", "save it as notes dot txt"),
        ("part CM2 is lost", "part C M two is lost"),
    ],
    "mathematics": [
        ("σ² and χ²", "sigma squared and chi squared"),
        ("cos²θ", "cos squared theta"),
        ("∫ x dx", "integral x dx"),
        ("6! = 720", "six factorial equals seven hundred twenty"),
    ],
    "kitchen": [
        ("2 T soy sauce, 1 t. salt", "two tablespoons soy sauce, one teaspoon salt"),
        ("2 T cells", "two T cells"),
    ],
    "devices": [
        ("5V/2A and 250mg/5mL", "five volts, two amps and two hundred fifty milligrams per five milliliters"),
        ("at f/4 and 1/500 s", "at F four and one five hundredth of a second"),
        ("802.11ax routers", "eight oh two dot eleven A X routers"),
    ],
    "books": [
        ("2nd ed., rev. & enl.", "second edition, revised and enlarged"),
        ("No. of pages: 20", "Number of pages: twenty"),
        ("a 30-yd. pass, 12th fl. flat", "a thirty yard pass, twelfth floor flat"),
    ],
    "chemistry": [
        ("2 M HCl, 0.5 mM glucose", "two molar H C L, zero point five millimolar glucose"),
        ("2KOH and OH- ions", "two K O H and O H minus ions"),
        ("14C dating of U-238", "carbon fourteen dating of U two thirty eight"),
        ("5% w/v", "five percent weight per volume"),
    ],
    "adverts": [
        ("3BR/2BA, 2 bd 1.5 ba", "three bedroom, two bath, two bedroom, one point five bath"),
        ("1/2 price, 1/2 day", "half price, half day"),
        ("€20 pp, $2/ea, 6/pk", "twenty euros per person, two dollars each, six per pack"),
        ("Costs ($M)", "Costs (millions of dollars)"),
        ("12,50 € each", "twelve euros and fifty cents each"),
        ("an 80/20 split, 70/30", "an eighty twenty split, seventy thirty"),
        ("I-405, US-101", "I four oh five, U S one oh one"),
        ("Flat 2, NY, NY 10001", "Flat two, New York, New York one zero zero zero one"),
    ],
    "schedules": [
        ("M-F 9-5, M-Th 8-2", "Monday to Friday nine to five, Monday to Thursday eight to two"),
        ("Tue/Thu at 6", "Tuesday, Thursday at six"),
        ("MWF 9:30", "Monday Wednesday Friday nine thirty"),
        ("1900-0700 hrs", "nineteen hundred to oh seven hundred hours"),
        ("from 7a to 3p", "from seven am to three pm"),
        ("2 hrs/overnight", "two hours or overnight"),
        ("Rev. 4.2", "Revision four point two"),
    ],
    "chat": [
        ("thx 4 the cake, nice 2 meet u", "thanks for the cake, nice to meet u"),
        ("I have 4 dogs, need 2 eggs", "I have four dogs, need two eggs"),
        ("Ur parcel is here", "Your parcel is here"),
        ("the city of Ur in Iraq", "the city of Ur in Iraq"),
        ("appt btwn 2 & 3", "appointment between two and three"),
    ],
    "places and years": [
        ("N 12° 30.5' E", "north twelve degrees thirty point five minutes east"),
        ("H: 70 L: 51", "H: seventy L: fifty one"),
        ("1940-'44", "nineteen forty to forty four"),
        ("300 BC - AD 50", "three hundred B C to A D fifty"),
        ("c. 1300–c. 1360", "circa thirteen hundred to circa thirteen sixty"),
        ("INT. HOUSE - DAY", "Interior HOUSE — DAY"),
        ("SAT 1400 and ACT 30", "S A T fourteen hundred and A C T thirty"),
    ],
}


@pytest.mark.parametrize(("written", "spoken"), [case for cases in CASES.values() for case in cases])
def test_text_is_read_as_in_its_field(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken
