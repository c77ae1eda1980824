/**
 * Names that Microsoft's calendars give to zones, as IANA zones: the registry's names and the names shown to
 * people, without their "(UTC+01:00)" in front. Facts of the Unicode CLDR table "windowsZones" (zones of the
 * territory 001) and of Windows' own list of names.
 */
const namesByZone: Readonly<Record<string, string>> = {
  'Africa/Cairo': 'cairo | egypt standard time',
  'Africa/Casablanca': 'casablanca | morocco standard time',
  'Africa/Johannesburg': 'harare, pretoria | south africa standard time',
  'Africa/Juba': 'south sudan standard time',
  'Africa/Khartoum': 'sudan standard time',
  'Africa/Lagos': 'w. central africa standard time | west central africa',
  'Africa/Nairobi': 'e. africa standard time | nairobi',
  'Africa/Sao_Tome': 'sao tome standard time',
  'Africa/Tripoli': 'libya standard time',
  'Africa/Windhoek': 'namibia standard time | windhoek',
  'America/Adak': 'aleutian standard time',
  'America/Anchorage': 'alaska | alaskan standard time',
  'America/Araguaina': 'tocantins standard time',
  'America/Asuncion': 'asuncion | paraguay standard time',
  'America/Bahia': 'bahia standard time',
  'America/Bogota': 'bogota, lima, quito | sa pacific standard time',
  'America/Buenos_Aires': 'argentina standard time | buenos aires',
  'America/Cancun': 'eastern standard time (mexico)',
  'America/Caracas': 'caracas | venezuela standard time',
  'America/Cayenne': 'georgetown | sa eastern standard time',
  'America/Chicago': 'central standard time | central time (us & canada) | central time',
  'America/Cuiaba': 'central brazilian standard time | manaus',
  'America/Denver': 'mountain standard time | mountain time (us & canada) | mountain time',
  'America/Godthab': 'greenland | greenland standard time',
  'America/Grand_Turk': 'turks & caicos standard time',
  'America/Guatemala': 'central america | central america standard time',
  'America/Halifax': 'atlantic standard time | atlantic time (canada)',
  'America/Havana': 'cuba standard time',
  'America/Indianapolis': 'indiana (east) | us eastern standard time',
  'America/La_Paz': 'georgetown, la paz, san juan | sa western standard time',
  'America/Los_Angeles':
    'pacific standard time | pacific time (us & canada) | pacific time (us & canada); tijuana | pacific time',
  'America/Mazatlan':
    'chihuahua, la paz, mazatlan | chihuahua, la paz, mazatlan - new | mountain standard time (mexico)',
  'America/Mexico_City':
    'central standard time (mexico) | guadalajara, mexico city, monterrey | guadalajara, mexico city, monterrey - new',
  'America/Miquelon': 'saint pierre standard time',
  'America/Montevideo': 'montevideo | montevideo standard time',
  'America/New_York': 'eastern standard time | eastern time (us & canada) | eastern time',
  'America/Phoenix': 'arizona | us mountain standard time',
  'America/Port-au-Prince': 'haiti standard time',
  'America/Punta_Arenas': 'magallanes standard time',
  'America/Regina': 'canada central standard time | saskatchewan',
  'America/Santiago': 'pacific sa standard time | santiago',
  'America/Sao_Paulo': 'brasilia | e. south america standard time',
  'America/St_Johns': 'newfoundland | newfoundland standard time',
  'America/Tijuana': 'pacific standard time (mexico) | tijuana, baja california',
  'America/Whitehorse': 'yukon standard time',
  'Asia/Amman': 'amman | jordan standard time',
  'Asia/Baghdad': 'arabic standard time | baghdad',
  'Asia/Baku': 'azerbaijan standard time | baku',
  'Asia/Bangkok': 'bangkok, hanoi, jakarta | se asia standard time',
  'Asia/Barnaul': 'altai standard time',
  'Asia/Beirut': 'beirut | middle east standard time',
  'Asia/Bishkek': 'astana, dhaka | central asia standard time',
  'Asia/Calcutta': 'chennai, kolkata, mumbai, new delhi | india standard time',
  'Asia/Chita': 'transbaikal standard time',
  'Asia/Colombo': 'sri jayawardenepura | sri lanka standard time',
  'Asia/Damascus': 'syria standard time',
  'Asia/Dhaka': 'bangladesh standard time',
  'Asia/Dubai': 'abu dhabi, muscat | arabian standard time',
  'Asia/Hebron': 'west bank standard time',
  'Asia/Hovd': 'w. mongolia standard time',
  'Asia/Irkutsk': 'irkutsk, ulaanbaatar | north asia east standard time',
  'Asia/Jerusalem': 'israel standard time | jerusalem',
  'Asia/Kabul': 'afghanistan standard time | kabul',
  'Asia/Kamchatka': 'petropavlovsk-kamchatsky | russia time zone 11',
  'Asia/Karachi': 'islamabad, karachi | pakistan standard time',
  'Asia/Katmandu': 'kathmandu | nepal standard time',
  'Asia/Krasnoyarsk': 'krasnoyarsk | north asia standard time',
  'Asia/Magadan': 'magadan standard time',
  'Asia/Novosibirsk': 'almaty, novosibirsk | n. central asia standard time',
  'Asia/Omsk': 'omsk standard time',
  'Asia/Pyongyang': 'north korea standard time',
  'Asia/Qyzylorda': 'qyzylorda standard time',
  'Asia/Rangoon': 'myanmar standard time | yangon (rangoon)',
  'Asia/Riyadh': 'arab standard time | kuwait, riyadh',
  'Asia/Sakhalin': 'sakhalin standard time',
  'Asia/Seoul': 'korea standard time | seoul',
  'Asia/Shanghai': 'beijing, chongqing, hong kong, urumqi | china standard time',
  'Asia/Singapore': 'kuala lumpur, singapore | singapore standard time',
  'Asia/Srednekolymsk': 'russia time zone 10',
  'Asia/Taipei': 'taipei | taipei standard time',
  'Asia/Tashkent': 'tashkent | west asia standard time',
  'Asia/Tbilisi': 'georgian standard time | tbilisi',
  'Asia/Tehran': 'iran standard time | tehran',
  'Asia/Tokyo': 'osaka, sapporo, tokyo | tokyo standard time',
  'Asia/Tomsk': 'tomsk standard time',
  'Asia/Ulaanbaatar': 'ulaanbaatar standard time',
  'Asia/Vladivostok': 'vladivostok | vladivostok standard time',
  'Asia/Yakutsk': 'yakutsk | yakutsk standard time',
  'Asia/Yekaterinburg': 'ekaterinburg | ekaterinburg standard time',
  'Asia/Yerevan': 'baku, tbilisi, yerevan | caucasus standard time | yerevan',
  'Atlantic/Azores': 'azores | azores standard time',
  'Atlantic/Cape_Verde': 'cape verde islands | cape verde standard time',
  'Atlantic/Reykjavik': 'greenwich standard time | monrovia, reykjavik',
  'Australia/Adelaide': 'adelaide | cen. australia standard time',
  'Australia/Brisbane': 'brisbane | e. australia standard time',
  'Australia/Darwin': 'aus central standard time | darwin',
  'Australia/Eucla': 'aus central w. standard time',
  'Australia/Hobart': 'hobart | tasmania standard time',
  'Australia/Lord_Howe': 'lord howe standard time',
  'Australia/Perth': 'perth | w. australia standard time',
  'Australia/Sydney': 'aus eastern standard time | canberra, melbourne, sydney',
  'Etc/GMT+11': 'utc-11',
  'Etc/GMT+12': 'dateline standard time | international date line west',
  'Etc/GMT+2': 'mid-atlantic | utc-02',
  'Etc/GMT+8': 'utc-08',
  'Etc/GMT+9': 'utc-09',
  'Etc/GMT-12': 'utc+12',
  'Etc/GMT-13': 'utc+13',
  'Etc/UTC': 'coordinated universal time | utc',
  'Europe/Astrakhan': 'astrakhan standard time',
  'Europe/Berlin': 'amsterdam, berlin, bern, rome, stockholm, vienna | w. europe standard time',
  'Europe/Bucharest': 'athens, bucharest, istanbul | gtb standard time',
  'Europe/Budapest': 'belgrade, bratislava, budapest, ljubljana, prague | central europe standard time',
  'Europe/Chisinau': 'e. europe standard time | minsk',
  'Europe/Istanbul': 'turkey standard time',
  'Europe/Kaliningrad': 'kaliningrad standard time',
  'Europe/Kiev': 'fle standard time | helsinki, kiev, riga, sofia, tallinn, vilnius',
  'Europe/London': 'gmt standard time | greenwich mean time: dublin, edinburgh, lisbon, london',
  'Europe/Minsk': 'belarus standard time',
  'Europe/Moscow': 'moscow, st. petersburg, volgograd | russian standard time',
  'Europe/Paris': 'brussels, copenhagen, madrid, paris | romance standard time',
  'Europe/Samara': 'russia time zone 3',
  'Europe/Saratov': 'saratov standard time',
  'Europe/Volgograd': 'volgograd standard time',
  'Europe/Warsaw': 'central european standard time | sarajevo, skopje, warsaw, zagreb',
  'Indian/Mauritius': 'mauritius standard time | port louis',
  'Pacific/Apia': 'midway island, samoa | samoa standard time',
  'Pacific/Auckland': 'auckland, wellington | new zealand standard time',
  'Pacific/Bougainville': 'bougainville standard time',
  'Pacific/Chatham': 'chatham islands standard time',
  'Pacific/Easter': 'easter island standard time',
  'Pacific/Fiji': 'fiji standard time | fiji, kamchatka, marshall is.',
  'Pacific/Guadalcanal': 'central pacific standard time | magadan, solomon islands, new caledonia',
  'Pacific/Honolulu': 'hawaii | hawaiian standard time',
  'Pacific/Kiritimati': 'line islands standard time',
  'Pacific/Marquesas': 'marquesas standard time',
  'Pacific/Norfolk': 'norfolk standard time',
  'Pacific/Port_Moresby': 'guam, port moresby | west pacific standard time',
  'Pacific/Tongatapu': "nuku'alofa | tonga standard time",
}

/** The IANA zone of a Windows or Outlook name of a zone; null when there is none. */
export function windowsZone(name: string): string | null {
  const wanted = normalized(name)
  const whole = zoneByName.get(wanted)
  if (whole !== undefined) return whole
  // "(GMT+10:00) Canberra, Melbourne, Sydney" differs between versions in its list of cities.
  for (const city of wanted.split(/,\s*/)) {
    const zone = zoneByCity.get(city)
    if (zone !== undefined) return zone
  }
  return null
}

function normalized(name: string): string {
  return name
    .replace(/^\((?:gmt|utc)[^)]*\)\s*/i, '')
    .replaceAll(/&amp;/gi, '&')
    .replaceAll(/\s+and\s+/gi, ' & ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .toLowerCase()
}

const zoneByName = new Map<string, string>()
const zoneByCity = new Map<string, string>()
for (const [zone, names] of Object.entries(namesByZone)) {
  for (const name of names.split(' | ')) {
    zoneByName.set(name, zone)
    for (const city of name.split(/,\s*/)) if (!zoneByCity.has(city)) zoneByCity.set(city, zone)
  }
}
