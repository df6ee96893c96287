//! The words that tell what a name is: titles, cues of organisations and places, given names,
//! and the words that are no names at all.
//!
//! All lists are in one table from word to [`Facts`], so that each word of a text is looked up
//! once. Words are folded as [`super::token`] folds them. Names, ordinary words and clusters come
//! from files beside this one (`PROVENANCE.md` says how they were made); the rest was written here.

mod foreign;

use std::borrow::Cow;
use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt as _};

use super::token::name_key;
use super::words::hash;
use crate::region::countries::countries;

/// What is known of a word before any text is read.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Facts {
    /// What it can be in or beside a name.
    pub(crate) roles: Roles,
    /// The number, from 1, of the 2,048 groups of words of like use that it belongs to; 0 for a
    /// word in none. Groups are leaves of a binary tree: shifted right by n, the number is that of
    /// the group n levels up.
    pub(crate) cluster: u16,
}

/// What a word can be in or beside a name. A word may have several roles.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Roles(pub(super) u32);

macro_rules! roles {
    ($($(#[$meta:meta])* $name:ident = $bit:literal,)+) => {
        impl Roles {
            $($(#[$meta])* pub(crate) const $name: Self = Self(1 << $bit);)+
        }
    };
}

roles! {
    /// Usually written small; a capital is the sentence's doing.
    ORDINARY = 0,
    /// Never part of a name, even with a capital.
    STOP = 1,
    /// Months and weekdays.
    CALENDAR = 2,
    /// Stands before a person's name: `President`, `Mr`.
    TITLE = 3,
    /// A first name.
    GIVEN = 4,
    /// Ends, or with `of` begins, the name of an organisation: `Ministry`, `Bank`.
    BODY = 5,
    /// Ends the name of a company: `Inc`, `Ltd`.
    COMPANY = 6,
    /// Ends, or with `of` begins, the name of a place: `River`, `Province`.
    SITE = 7,
    /// Begins the name of a place: `Mount`, `North`.
    SITE_HEAD = 8,
    /// Joins the words of a person's name: `bin`, `van`.
    PARTICLE = 9,
    /// Names that are things: `Kalashnikov`, `Nobel`.
    THING = 10,
    /// Verbs of speech.
    SPEECH = 11,
    /// Stands before places: `in`, `near`.
    LOCATIVE = 12,
    /// Plural people who own bodies: `People's`, `Workers'`.
    PEOPLE = 13,
    /// Compass words, which alone name nothing: `West`, `Central`.
    COMPASS = 14,
    /// A body that is named by one word: `Parliament`.
    LONE_BODY = 16,
    /// Begins the name of a body in a Romance language: `Universidad`.
    BODY_HEAD = 17,
    /// A cue word that is a surname too: `Hill`.
    SURNAME = 18,
    /// Ends the name of an event or a text, which is none of the three kinds: `Summit`, `Act`.
    EVENT = 15,
    /// A family name.
    FAMILY = 19,
    /// An adjective of a country, or one of its people: `Kazakh`.
    DEMONYM = 20,
}

impl Roles {
    /// Whether the word has any of the roles `wanted`.
    pub(crate) fn any(self, wanted: Self) -> bool {
        self.0 & wanted.0 != 0
    }

    /// The roles of both.
    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// What is known of the folded word with this [`hash`].
pub(crate) fn facts(word: u64) -> Facts {
    LEXICON.get(&word).copied().unwrap_or_default()
}

static LEXICON: LazyLock<HashMap<u64, Facts>> = LazyLock::new(|| {
    let mut lexicon: HashMap<u64, Facts> = HashMap::with_capacity(70_000);
    let lists = [
        (Roles::ORDINARY, include_str!("ordinary_words.txt")),
        (Roles::GIVEN, include_str!("given_names.txt")),
        (Roles::FAMILY, include_str!("family_names.txt")),
        (Roles::STOP, STOP),
        (Roles::CALENDAR, CALENDAR),
        (Roles::TITLE, TITLES),
        (Roles::BODY, BODIES),
        (Roles::COMPANY, COMPANIES),
        (Roles::SITE, SITES),
        (Roles::SITE_HEAD, SITE_HEADS),
        (Roles::PARTICLE, PARTICLES),
        (Roles::THING, THINGS),
        (Roles::SPEECH, SPEECH),
        (Roles::LOCATIVE, LOCATIVES),
        (Roles::PEOPLE, PEOPLE),
        (Roles::COMPASS, COMPASS),
        (Roles::EVENT, EVENTS),
        (Roles::LONE_BODY, LONE_BODIES),
        (Roles::BODY_HEAD, BODY_HEADS),
        (Roles::SURNAME, SURNAMES),
        (Roles::TITLE, foreign::TITLES),
        (Roles::BODY, foreign::BODIES),
        (Roles::BODY_HEAD, foreign::BODY_HEADS),
        (Roles::SITE, foreign::SITES),
        (Roles::SITE_HEAD, foreign::SITE_HEADS),
        (Roles::LOCATIVE, foreign::LOCATIVES),
        (Roles::PARTICLE, foreign::PARTICLES),
        (Roles::SPEECH, foreign::SPEECH),
        (Roles::GIVEN, foreign::GIVEN),
    ];
    for (role, words) in lists {
        for word in words.split_ascii_whitespace() {
            let word = if word.is_ascii() { Cow::Borrowed(word) } else { name_key(word).into() };
            lexicon.entry(hash(&word)).or_default().roles.0 |= role.0;
        }
    }
    for demonym in countries().iter().flat_map(|country| &country.demonyms) {
        lexicon.entry(hash(&name_key(demonym))).or_default().roles.0 |= Roles::DEMONYM.0;
    }
    for (words, cluster) in include_str!("clusters.txt").lines().zip(1..) {
        for word in words.split(' ') {
            lexicon.entry(hash(word)).or_default().cluster = cluster;
        }
    }
    lexicon
});

const STOP: &str = "\
a an the this that these those some any each every all both either neither no not none one two \
three four five six seven eight nine ten i you he she it we they me him her us them my your his \
its our their mine who whom whose which what when where why how there here and or but nor so yet \
for of in on at by to from with without within into onto upon over under above below between \
among against during before after since until till while as if though although because unless \
than then once about around across along behind beside besides beyond despite except inside \
outside near off out through throughout toward towards up down via per also just only even still \
already again ever never always often sometimes however moreover meanwhile therefore thus hence \
instead otherwise nevertheless yes is are was were be been being am do does did done has have \
had having will would shall should can could may might must let more most much many few several \
other others another such same own too very now today tomorrow yesterday tonight former ex late \
gmt utc est edt pst cet bst pm tv ceo cfo ok covid hiv aids dna gdp vat sms pdf url http https \
www gps faq mph kph km usd eur gbp rs i'm i'll i've i'd it's he's she's we're they're don't \
didn't и в во на с со к ко по за из от до для при о об у а но или что как это этот эта эти он \
она оно они мы вы я не ни же ли бы так там тут здесь также когда где кто его ее их наш ваш мой \
свой все весь после перед через между под над без der die das den dem des ein eine einen einem \
einer und oder aber nicht mit von zu im auf aus bei nach seit vor sich er sie es wir ihr ich wie \
wer le les une un et ou mais il elle ils elles nous vous je ce cette ces dans sur pour par avec \
el los las una unos y o pero con por para en su sus se lo вчера сегодня завтра однако ранее позже \
поэтому теперь потом затем ayer hoy según segun también tambien cuando donde selon hier cependant \
après apres depuis ainsi gestern heute jedoch seitdem";

const CALENDAR: &str = "\
january february march april may june july august september october november december jan feb \
mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday \
sunday mon tue tues wed thu thurs fri sat sun ramadan christmas easter январь января февраль \
февраля март марта апрель апреля май мая июнь июня июль июля август августа сентябрь сентября \
октябрь октября ноябрь ноября декабрь декабря";

const TITLES: &str = "\
mr mrs ms miss dr prof professor sir lord lady dame madam president vice prime minister premier \
chancellor secretary undersecretary general secretarygeneral director directorgeneral chairman \
chairwoman chairperson chair chief king queen prince princess emperor empress sultan emir sheikh \
shaikh ayatollah imam mullah pope cardinal archbishop bishop reverend rev father pastor rabbi \
saint senator sen representative rep congressman congresswoman governor gov mayor deputy \
ambassador envoy judge justice prosecutor attorney lieutenant lt colonel col captain capt major \
maj sergeant sgt corporal private commander admiral adm marshal brigadier brig gen inspector \
officer superintendent constable commissioner detective agent spokesman spokeswoman spokesperson \
ceo cfo coo executive managing manager coach founder cofounder editor analyst economist lawyer \
journalist correspondent activist leader candidate lawmaker mp mep honourable honorable hon \
comrade assistant treasurer councillor councilman alderman principal dean provost rector \
lecturer doctor nurse engineer actor actress singer rapper author writer poet producer striker \
midfielder defender goalkeeper pm президент премьер министр премьерминистр глава председатель \
депутат губернатор господин";

const BODIES: &str = "\
ministry committee commission council agency bank university college institute institution party \
corp corporation group union association organization organisation federation confederation \
foundation court tribunal parliament senate congress assembly department office bureau force \
forces army navy police guard guards authority board service services company airlines airways \
airline club league network center centre television radio news times post herald journal \
tribune gazette chronicle telegraph observer mail star daily weekly fund society alliance front \
movement brotherhood industries holdings media press united fc motors motor oil gas energy \
petroleum bancorp partners partnership capital securities insurance exchange administration \
academy school chamber trust secretariat directorate command brigade battalion regiment division \
corps militia cabinet mission taskforce coalition bloc team consortium cooperative syndicate \
labs futures ventures logistics foods laboratory laboratories observatory museum orchestra \
studios pictures entertainment records broadcasting publishing communications telecom \
technologies systems software pharmaceuticals electric electronics steel mining railway railways \
rail constabulary congregation министерство комитет партия банк совет университет агентство \
служба союз фонд";

const LONE_BODIES: &str = "parliament senate congress cabinet";

const BODY_HEADS: &str = "\
universidad ministerio banco partido asociacion comision frente instituto corporacion fundacion \
universite ministere parti banque universidade associacao camara asamblea confederacion \
federacion sindicato tribunal secretaria policia ejercito armada radio club grupo movimiento";

const SURNAMES: &str =
    "hill park bridge church temple castle forest street lake bay star young guard";

const COMPANIES: &str = "inc ltd plc llc corp co gmbh ag sa nv spa bhd pte pty llp oyj ooo";

const SITES: &str = "\
river darya lake mountain mountains island islands sea ocean gulf bay strait province district county \
city state region valley desert peninsula airport street road avenue boulevard square bridge \
park highway coast village township town prefecture governorate oblast forest creek canal dam \
port harbour harbor beach hill hills heights plateau reef delta basin canyon falls hospital \
stadium prison cathedral mosque temple palace castle tower towers hotel mall market zoo plant \
republic territory territories kingdom emirate isle cape border crossing base station terminal \
suburb commune municipality arena cemetery church camp plaza shrine monastery fort palace pass \
peak volcano glacier lagoon wetland sanctuary neighbourhood neighborhood precinct metro subway \
expressway motorway intersection roundabout pier dock dockyard refinery mine quarry checkpoint";

const SITE_HEADS: &str = "\
plaza avenida calle rio wadi puerto ciudad isla villa hacienda lake mount mt cape port fort \
north south east west northern southern eastern western northeastern northwestern southeastern \
southwestern central upper lower st saint san santa new el los las greater camp";

const PARTICLES: &str = "\
bin bint ibn ben al el ul ad as ash an ar az abu von van der den de la del da di dos das du le \
ter ten y e mac st saint zu af bte binti ould uld";

const THINGS: &str = "\
kalashnikov molotov nobel pulitzer oscar oscars emmy grammy internet bible koran english french \
russian spanish arabic covid19 covid ebola zika omicron delta islam christianity judaism \
hinduism buddhism muslim muslims christian christians jewish jew jews catholic catholics \
protestant sunni shia shiite shiites hindu hindus buddhist islamist islamists islamic orthodox \
nazi nazis communist communists democrat democrats republican republicans conservative \
conservatives socialist liberal arab arabs african africans asian asians european europeans \
western westerners latino latinos hispanic brexit euro euros dollar dollars yuan yen ruble pound \
pounds rupee rupees black white god allah lord christmas eid easter olympics olympic paralympics \
parkinson alzheimer ai app apps wifi iphone android bitcoin blockchain earth mars moon sun venus \
telescope shuttle rover spacecraft lgbt lgbtq democratic photo photos image video file getty caption copyright read advertisement american britons soviet \
turkic kurd kurds kurdish tamil tamils sikh sikhs bedouin inuit roma aboriginal indigenous \
mideast mps mba phd bsc ii iii iv vi vii viii xi xx xxi islamism zionist anglo atlantic slavic \
oromo maasai masai amhara amharic tigrayan zulu hausa yoruba igbo pashtun pashtuns pashto tajiks \
hazara uighur uighurs uyghur uyghurs rohingya dalit dalits maori berber berbers amazigh kikuyu \
tutsi tutsis hutu hutus shona ndebele xhosa fulani tuareg druze copts coptic maronite yazidi \
yazidis assyrian chechen chechens ossetian tatar tatars basque catalan flemish bengali punjabi \
gujarati marathi hindi urdu telugu malayalam kannada sinhala sinhalese mandarin cantonese swahili \
quechua mapuche mayan inca incas aztec aztecs cherokee navajo creole zoroastrian hebrew farsi \
persian latin eurasian saharan caribbean nordic baltic balkan caucasian marxist marxism leninist \
maoist maoists stalinist fascist fascists fascism communism socialism capitalism liberalism \
sadrist peronist sandinista hindutva jihad jihadist jihadists jihadi sharia salafi salafist \
wahhabi sufi lutheran methodist anglican presbyterian baptist mormon evangelical pentecostal \
protestants buddhists atheist pagan talmud torah gospel genesis vedas hajj diwali passover lent \
thanksgiving halloween renaissance medieval victorian ottoman byzantine roman romans";

const SPEECH: &str = "\
said says told tells added adds replied asked noted stated explained argued tweeted wrote \
recalled insisted claimed admitted announced declared warned stressed заявил заявила сказал \
сказала сообщил сообщила";

const LOCATIVES: &str = "\
in at near from to inside outside across around into toward towards throughout через в во из \
près à nach aus bei en desde";

const PEOPLE: &str = "\
people women men children workers farmers teachers students journalists lawyers doctors writers \
veterans players ladies peoples citizens officers chiefs girls boys youth magistrate magistrates";

const COMPASS: &str = "\
north south east west northern southern eastern western northeast northwest southeast southwest \
northeastern northwestern southeastern southwestern central centre center middle upper lower \
greater";

const EVENTS: &str = "\
summit act agreement treaty accord accords convention protocol war cup olympics games \
championship championships prize award awards day week festival conference forum election \
elections law bill plan programme program project report index revolution uprising spring pact \
declaration constitution amendment deal crisis virus disease syndrome fever theory initiative \
strategy campaign operation review age era century tour trophy open final finals anniversary \
visa dialogue framework code charter covenant directive decree resolution rules regulations \
regulation ordinance policy agenda roadmap blueprint scheme goals targets rights labour labor \
development assessment survey census study indicator indicators talks negotiations process \
ceremony celebrations carnival fair expo exhibition concert marathon race derby match tournament \
grand prix season show series film movie novel book album song anthem symposium seminar workshop \
webinar session meeting congresses referendum ballot poll polls primary primaries caucuses coup \
genocide massacre holocaust famine disaster earthquake hurricane tsunami typhoon cyclone storm \
flood floods drought pandemic epidemic outbreak vaccine cancer diabetes malaria flu dynasty \
renaissance reformation depression independence friendship partnership cooperation scholarship \
fellowship diploma certificate degree medal laureate order decade year month edition corridor \
pipeline cable grid satellite rocket missile missiles aircraft frigate destroyer carrier tank \
rifle helicopter jet intelligence security change climate warming economy trade market inflation \
product reserve reserves bond bonds tax taxes duty tariff tariffs trial case affair scandal \
inquiry investigation probe verdict hearing petition appeal";
