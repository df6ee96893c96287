//! Cue words of languages other than English; those that English writes, too, are left out.
//!
//! Cyrillic words stand for all their cases ([`super::super::cyrillic`]).

pub(super) const TITLES: &str = "\
präsident präsidentin kanzler kanzlerin bundeskanzler bundeskanzlerin ministerpräsident \
ministerpräsidentin außenminister außenministerin finanzminister innenminister verkehrsminister \
umweltministerin umweltminister wirtschaftsminister bürgermeister bürgermeisterin oberbürgermeister \
vorsitzende vorsitzender sprecher sprecherin trainer trainerin herr frau ökonom ökonomin \
generalsekretär parteichef parteichefin kandidatin kandidat abgeordnete abgeordneter richter \
président présidente ministre premier première secrétaire maire avocat avocate entraîneur \
gouverneur député députée sénateur sénatrice procureur monsieur madame général opposant opposante \
porte-parole juge docteur \
presidente presidenta vicepresidente vicepresidenta ministro ministra primer primera alcalde \
alcaldesa gobernador gobernadora canciller exministro exministra fiscal rectora rector diputado \
diputada senador senadora señor señora don doña general periodista entrenador secretario \
secretaria juez jueza portavoz embajador embajadora vocero \
deputado deputada governador governadora prefeito prefeita técnico delegado delegada empresário \
escritora escritor treinador ex-deputado vereador secretária secretário \
президент премьер премьер-министр министр глава председатель депутат губернатор господин мэр \
прокурор следователь адвокат тренер журналист журналистка учёный директор судья посол генерал \
полковник лидер спикер эксперт аналитик экономист вице-премьер пресс-секретарь \
прем'єр прем'єр-міністр міністр голова депутатка тренер суддя керівник письменниця письменник \
журналіст журналістка експерт речник \
cumhurbaşkanı başbakan bakanı başkanı bakan başkan milletvekili genel sekreter yazar ekonomist \
vali valisi sözcü sözcüsü savcı hakim profesör doktor sayın";

pub(super) const BODIES: &str = "\
bundesbank nationalbank zentralbank kommission ministerium gewerkschaftsbund gewerkschaft verband \
bundesamt landesamt universität hochschule behörde gericht landgericht verfassungsgericht partei \
rat stadtrat bundestag landtag bundesrat bahn polizei bundespolizei bundeswehr feuerwehr komitee \
kreuz kreuzes stiftung akademie \
bankası mahkemesi birliği üniversitesi ajansı bakanlığı partisi kurumu kurulu derneği odası \
başkanlığı meclisi vakfı şirketi holding yolları ordusu emniyeti müdürlüğü konseyi komisyonu \
sendikası belediyesi bankasi borsası \
министерство комитет партия банк совет университет агентство служба союз фонд академия биржа \
ассоциация институт суд парламент госкомитет комиссия управление центробанк федерация организация \
рада міністерство комітет партія університет агентство служба спілка академія асоціація інститут \
нацбанк комісія";

pub(super) const BODY_HEADS: &str = "\
université ministère banque parti conseil assemblée commission union fédération confédération \
association cour tribunal parquet agence office institut société centre ligue mouvement armée \
police gendarmerie croix comité ordre front groupe syndicat chambre sénat \
universidad ministerio banco partido asociación comisión instituto corporación fundación asamblea \
confederación federación sindicato secretaría policía ejército armada fiscalía cruz congreso \
consejo cámara corte unión agencia centro movimiento tribunal amnistía superintendencia \
universidade associação câmara comissão fundação assembleia confederação federação polícia exército \
secretaria agência supremo programa conselho união serviço ministério partido \
borsa \
министерство комитет банк совет служба союз фонд академия ассоциация партия агентство рада \
міністерство комітет служба спілка академія асоціація партія агентство госкомитет комиссия";

pub(super) const SITES: &str = "\
straße strasse platz brücke fluss gebirge bundesland landkreis \
область край район республика улица проспект площадь река озеро море остров \
вулиця площа річка";

pub(super) const SITE_HEADS: &str = "parc stade gare aéroport rue quai pont ponte parque serra";

pub(super) const LOCATIVES: &str = "\
через в во из près à nach aus bei en desde em у до з із nahe";

pub(super) const PARTICLES: &str = "d l";

pub(super) const SPEECH: &str = "\
заявил заявила сказал сказала сообщил сообщила рассказал рассказала назвал назвала \
повідомив повідомила заявив заявила сказав пояснив \
sagte sagten erklärte teilte kündigte forderte warnte lobte \
déclaré affirmé annoncé prévenu dijo afirmó anunció declaró señaló aseguró negó pidió \
disse afirmou anunciou declarou pediu elogiou \
söyledi belirtti açıkladı dedi duyurdu";

/// First names in Cyrillic script, of Russia, Ukraine, Belarus and Central Asia.
pub(super) const GIVEN: &str = "\
александр алексей анатолий андрей антон аркадий артём артур борис вадим валентин валерий василий \
виктор виталий владимир владислав вячеслав геннадий георгий герман глеб григорий давид даниил \
денис дмитрий евгений егор иван игорь илья кирилл константин лев леонид максим марк матвей михаил \
никита николай олег павел пётр роман руслан сергей станислав степан тимур фёдор филипп эдуард юрий \
яков ярослав александра алина алла анастасия анна валентина валерия вера вероника виктория \
галина дарья диана евгения екатерина елена елизавета жанна зоя инна ирина карина кира кристина \
ксения лариса лидия любовь людмила маргарита марина мария надежда наталья нина оксана ольга \
полина раиса светлана софья тамара татьяна ульяна юлия яна \
остап тарас роман сергій володимир олександр андрій микола петро павло василь віталій віктор \
ігор юрій михайло дмитро олексій олена оксана ганна наталія тетяна катерина світлана кирило \
богдан степан ярослав ян анатолій євген \
аскар нурлан ерлан касым-жомарт касым нурсултан бауыржан айдар асет мухтар данияр тимур гульнара \
айгуль камчы садыр алмазбек сооронбай шавкат ислам эмомали рустам фарид мехмет эльчин ильхам \
ахмед али хасан хусейн мухаммед рамзан аслан магомед";
