"""Names that neither CLDR nor GeoNames gives, as postings spell them: folded, divided by commas."""

from __future__ import annotations

from collections.abc import Mapping

COUNTRIES: Mapping[str, str] = {
    "AE": "uae, emirates, the emirates",
    "BA": "bosnia, bosnia herzegovina",
    "BN": "brunei darussalam",
    "BO": "bolivia plurinational state of",
    "BR": "brasil",
    "CD": "drc, dr congo, congo the democratic republic of the, democratic republic of the congo",
    "CG": "republic of the congo",
    "CH": "schweiz, suisse, svizzera",
    "CI": "ivory coast, cote d ivoire",
    "CV": "cape verde, cabo verde",
    "CZ": "czech republic, the czech republic, ceska republika, czech",
    "DO": "dominican rep",
    "ES": "espana, espanya",
    "FK": "falkland islands malvinas",
    "FM": "micronesia federated states of",
    "GB": "uk, u k, great britain, britain, england, scotland, wales, northern ireland, united kingdom uk, gbr",
    "GR": "hellas",
    "HK": "hk, hong kong sar",
    "HR": "hrvatska",
    "HU": "magyarorszag",
    "IE": "republic of ireland, eire",
    "IN": "bharat",
    "IR": "iran islamic republic of",
    "IT": "italia",
    "KP": "korea democratic people s republic of, north korea",
    "KR": "korea, korea republic of, republic of korea, s korea",
    "LA": "lao people s democratic republic",
    "LK": "srilanka",
    "MD": "moldova republic of, republic of moldova",
    "MF": "saint martin french part",
    "MK": "macedonia, republic of north macedonia",
    "MM": "burma, myanmar",
    "MO": "macau",
    "MX": "mejico",
    "NL": "holland, the netherlands, nederland, niederlande, pays bas, paises bajos",
    "NZ": "aotearoa",
    "PH": "the philippines, filipinas, phillipines, philippine",
    "PL": "polska",
    "PS": "palestine, palestine state of",
    "RO": "roumania",
    "RU": "russian federation",
    "SA": "ksa, kingdom of saudi arabia",
    "SX": "sint maarten dutch part",
    "SY": "syrian arab republic",
    "SZ": "swaziland",
    "TL": "east timor",
    "TR": "turkiye, turkey",
    "TT": "trinidad",
    "TW": "taiwan province of china",
    "TZ": "tanzania united republic of",
    "US": "usa, u s, u s a, united states of america, america, estados unidos",
    "VA": "holy see vatican city state",
    "VE": "venezuela bolivarian republic of",
    "VG": "virgin islands british, british virgin islands",
    "VI": "virgin islands u s, us virgin islands",
    "VN": "viet nam",
    "ZA": "rsa",
}

GROUPS: Mapping[str, str] = {
    "EMEA": "emea, europe middle east and africa, europe the middle east and africa, europe middle east africa",
    "EUROPE": "europe, europa, european countries, continental europe, western europe,"
    " southern europe, northern europe, pan europe, european continent",
    "EEA": "eea, european economic area, eu eea",
    "EU27": "eu, european union, e u, eu27, eu countries, eu member states, ue",
    "CEE": "cee, central and eastern europe, eastern europe, central eastern europe, central europe,"
    " central and eastern european",
    "NORDICS": "nordics, nordic countries, the nordics",
    "SCANDINAVIA": "scandinavia, scandinavian countries",
    "BALTICS": "baltics, baltic states, baltic countries",
    "BENELUX": "benelux",
    "DACH": "dach, d a ch, dach region",
    "IBERIA": "iberia, iberian peninsula",
    "UKI": "uki, uk and ireland, uk i",
    "MENA": "mena, middle east and north africa, middle east north africa",
    "MIDDLE_EAST": "middle east, the middle east",
    "GCC": "gcc, gulf countries",
    "AFRICA": "africa, african countries, african continent",
    "NORTH_AFRICA": "north africa, northern africa, maghreb",
    "SSA": "sub saharan africa, subsaharan africa",
    "AMERICAS": "americas, the americas, amer, north and south america, north america and south america,"
    " north south america, north or south america, north central south america, north or latin america,"
    " north and latin america, north america and latin america, northern and southern america",
    "NORTHERN_AMERICA": "north america, northern america, noram, namer, nordamerika, norteamerica",
    "LATAM": "latam, latin america, latin american countries, latinoamerica, america latina,"
    " latem, latin america and the caribbean, central and south america, south and central america,"
    " central or south america, lac",
    "SOUTH_AMERICA": "south america, sudamerica, america del sur, america do sul",
    "CENTRAL_AMERICA": "central america, centroamerica",
    "CARIBBEAN": "caribbean, the caribbean",
    "APAC": "apac, asia pacific, asia pacific region, apj, asia and the pacific, asia and oceania",
    "ASIA": "asia, asian countries",
    "SE_ASIA": "south east asia, southeast asia, sea region, se asia",
    "OCEANIA": "oceania, australasia",
    "ANZ": "anz, australia and new zealand, aus nz, aunz",
}

# Two letters and three, in capitals only; what is also a state of the US is weighed by its neighbours.
SHORT: Mapping[str, str] = {
    "US": "US", "USA": "US", "UK": "GB", "GB": "GB", "GBR": "GB", "UAE": "AE", "NZ": "NZ", "AUS": "AU",
    "CAN": "CA",
    "POL": "PL", "DEU": "DE", "ESP": "ES", "FRA": "FR", "ITA": "IT", "NLD": "NL", "BRA": "BR", "MEX": "MX",
    "IND": "IN", "IRL": "IE", "PRT": "PT", "SGP": "SG", "JPN": "JP", "PHL": "PH", "KSA": "SA", "HK": "HK",
}  # fmt: skip

# Parts of countries beside the states of the US. With a code where postings ask for that part itself.
PARTS: Mapping[str, str] = {
    "CA-AB": "alberta", "CA-BC": "british columbia", "CA-MB": "manitoba", "CA-NB": "new brunswick",
    "CA-NL": "newfoundland, newfoundland and labrador", "CA-NS": "nova scotia", "CA-ON": "ontario",
    "CA-PE": "prince edward island", "CA-QC": "quebec", "CA-SK": "saskatchewan", "CA-YT": "yukon",
    "CA-NT": "northwest territories", "CA-NU": "nunavut",
    "AU-NSW": "new south wales", "AU-QLD": "queensland", "AU-VIC": "state of victoria", "AU-TAS": "tasmania",
    "AU-SA": "south australia", "AU-WA": "western australia", "AU-NT": "northern territory",
    "DE-BW": "baden wurttemberg", "DE-BY": "bavaria, bayern", "DE-HE": "hessen, hesse",
    "DE-NI": "niedersachsen, lower saxony", "DE-NW": "nordrhein westfalen, north rhine westphalia, nrw",
    "DE-RP": "rheinland pfalz", "DE-SH": "schleswig holstein", "DE-SN": "sachsen, saxony",
    "DE-TH": "thuringen, thuringia", "DE-BB": "brandenburg", "DE-MV": "mecklenburg vorpommern",
    "IN-KA": "karnataka", "IN-TG": "telangana", "IN-MH": "maharashtra", "IN-TN": "tamil nadu, tamilnadu",
    "IN-KL": "kerala", "IN-GJ": "gujarat", "IN-HR": "haryana", "IN-UP": "uttar pradesh", "IN-WB": "west bengal",
    "IN-AP": "andhra pradesh", "IN-RJ": "rajasthan", "IN-MP": "madhya pradesh", "IN-DL": "delhi ncr, ncr",
    "BR-SC": "santa catarina", "BR-RS": "rio grande do sul", "BR-MG": "minas gerais", "BR-PR": "parana",
    "BR-BA": "bahia", "BR-CE": "ceara", "BR-PE": "pernambuco", "BR-GO": "goias", "BR-ES": "espirito santo",
    "BR-DF": "distrito federal, federal district",
    "MX-JAL": "jalisco", "MX-NLE": "nuevo leon", "MX-YUC": "yucatan", "MX-SIN": "sinaloa", "MX-SON": "sonora",
    "MX-ROO": "quintana roo", "MX-BCN": "baja california", "MX-CMX": "cdmx",
    "ES-MD": "comunidad de madrid", "ES-CT": "catalonia, cataluna, catalunya", "ES-AN": "andalucia, andalusia",
    "ES-PV": "basque country, pais vasco", "ES-CN": "canary islands", "ES-GA": "galicia",
    "IT-25": "lombardy, lombardia", "IT-52": "tuscany, toscana", "IT-82": "sicily, sicilia", "IT-62": "lazio",
    "FR-IDF": "ile de france", "FR-ARA": "auvergne rhone alpes", "FR-PAC": "provence alpes cote d azur",
    "PL-MZ": "mazowieckie, masovia", "PL-MA": "malopolskie", "PL-DS": "dolnoslaskie, lower silesia",
    "NL-NH": "north holland, noord holland", "NL-ZH": "south holland, zuid holland",
    "BE-VLG": "flanders, vlaanderen", "CH-ZH": "canton of zurich", "AT-9": "wien",
    "ZA-GP": "gauteng", "ZA-WC": "western cape", "ZA-NL": "kwazulu natal",
    "PH-00": "metro manila, ncr philippines, luzon, visayas, mindanao", "EG-C": "al qahirah",
    "DO-01": "distrito nacional", "EC-P": "pichincha", "EC-G": "guayas", "BS-NP": "new providence",
    "CO-ANT": "antioquia", "CO-CUN": "cundinamarca", "PE-LMA": "lima province", "AR-B": "buenos aires province",
    "TR-34": "istanbul province", "AE-DU": "dubai emirate", "PK-PB": "punjab pakistan", "PK-SD": "sindh",
    "UA-32": "kyiv oblast", "RU-MOS": "moscow oblast", "IE-D": "county dublin, co dublin",
    "PT-11": "lisbon district",
    "GB-GRL": "greater london", "GB-SRY": "surrey", "GB-KEN": "kent", "GB-ESX": "east sussex, west sussex",
    "GB-YOR": "yorkshire", "GB-WMD": "west midlands",
}  # fmt: skip

# US names beside the states' own; a region of the US is the US.
IN_THE_US = (
    "us east coast, us west coast, east coast usa, east coast us, west coast usa, west coast us, east coast,"
    " west coast, continental us, continental usa, continental united states, contiguous united states, conus,"
    " lower 48, new england, pacific northwest, midwest, us midwest, southeast us, northeast us,"
    " tri state area, bay area, san francisco bay area, sf bay area, silicon valley, greater boston, socal"
)
US_STATES: Mapping[str, str] = {
    "US-DC": "washington dc, washington d c, district of columbia, dc metro",
    "US-CA": "southern california, northern california",
    "US-NY": "new york state, upstate new york",
    "US-WA": "washington state",
}

CITIES: Mapping[str, str] = {
    "AR": "caba, capital federal",
    "BE": "bruxelles, brussel",
    "BR": "rio",
    "CA": "gta, greater toronto area",
    "CH": "geneve, zug",
    "CR": "san jose province, heredia",
    "CY": "limassol, lemesos",
    "CZ": "praha",
    "DE": "munchen, muenchen, koln, koeln, nurnberg, nuernberg, dusseldorf, duesseldorf, cologne, frankfurt",
    "DK": "kobenhavn",
    "ES": "sevilla, seville",
    "GB": "greater manchester",
    "GR": "athina",
    "IL": "tlv, tel aviv",
    "IN": "bangalore, gurgaon, bombay, madras, calcutta, trivandrum",
    "IT": "milano, roma, torino, firenze, napoli",
    "MX": "cdmx, ciudad de mexico",
    "NL": "den haag, the hague, hague",
    "PH": "bonifacio global city, bgc, makati, cebu",
    "PL": "warszawa, cracow, tricity",
    "PT": "lisboa, oporto",
    "RO": "bucuresti, cluj",
    "RS": "beograd",
    "RU": "moskva",
    "SE": "goteborg",
    "UA": "kiev, lvov",
    "VN": "saigon, hcmc, ho chi minh",
    "ZA": "joburg",
}
US_CITIES: Mapping[str, str] = {
    "US-NY": "nyc, new york city, new york, manhattan, brooklyn",
    "US-CA": "sf, san francisco, la, los angeles, south san francisco, la jolla",
    "US-WA": "seattle",
    "US-IL": "chicago",
    "US-DC": "dc, d c, washington",
    "US-MA": "cambridge ma",
    "US-GA": "atl",
    "US-MO": "saint louis, st louis",
    "US-TX": "dallas fort worth, dfw",
}

# Towns whose names are words: they count only where their country or state stands beside them.
_WORDS = """
airport allen ama ann ans apac apex aurora bar bari bath batu bay bend best billings brick bury cela
central clay clinton college columbia come commerce como concord core corona cypress data date dc
deal del delta dig dover drama eagle east el elk enterprise fate fleet florence franklin gap garden
general goes grace grant green greenfield hamilton hill hire hit ho hope horn hub hull imperial
independence industry jackson kent la largo lead leer lend lens liberal liberdade lincoln livingston
long los madison male man march marina media mentor metro mission mitte mobile most mut nancy nice
normal north of opportunity oral orange paramount phoenix plaisir plant police price reading rio
rota saga sale salem same san sandy santa save se security sens sf shaping south sparks split spring
sunset superior sur surprise than tours tyler un una union universal university victoria warren
wayne wedding wells west young
"""
WORDS = frozenset(_WORDS.split())
