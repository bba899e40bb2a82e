const REGION_ROWS = [
  { id: 'hokkaido', ja: '北海道', en: 'Hokkaido' },
  { id: 'tohoku', ja: '東北', en: 'Tohoku' },
  { id: 'kanto', ja: '関東', en: 'Kanto' },
  { id: 'shinetsu', ja: '信越', en: 'Shin-etsu' },
  { id: 'hokuriku', ja: '北陸', en: 'Hokuriku' },
  { id: 'tokai', ja: '東海', en: 'Tokai' },
  { id: 'kinki', ja: '近畿', en: 'Kinki' },
  { id: 'chugoku', ja: '中国', en: 'Chugoku' },
  { id: 'shikoku', ja: '四国', en: 'Shikoku' },
  { id: 'kyushu', ja: '九州', en: 'Kyushu' },
  { id: 'okinawa', ja: '沖縄', en: 'Okinawa' },
] as const

/** The area of one regional bureau of the ministry (総合通信局の管轄). 山梨県 is in 関東; 新潟県 and 長野県 are 信越. */
export type Region = (typeof REGION_ROWS)[number]

/** The eleven regions in the bureaus' own order, from north to south (総務省 総合通信局・総合通信事務所). */
export const REGIONS: readonly Region[] = REGION_ROWS

/** One of the 47 prefectures. The code is that of JIS X 0401, with its leading zero. */
export type Prefecture = {
  readonly code: string
  /** The full name: 茨城県. */
  readonly ja: string
  /** The name in Roman letters without 県, 府 or 都: Ibaraki. */
  readonly en: string
  /** The full name in katakana: イバラキケン. */
  readonly kana: string
  /** The name without 県, 府 or 都: 茨城; 北海道 stays whole. */
  readonly short: string
  /** Two capital letters, unique among the 47: the start of receipt numbers. Ours, not from a standard. */
  readonly letters: string
  readonly region: Region
}

const ROWS = [
  ['01', '北海道', 'Hokkaido', 'ホッカイドウ', 'HK', 'hokkaido'],
  ['02', '青森県', 'Aomori', 'アオモリケン', 'AO', 'tohoku'],
  ['03', '岩手県', 'Iwate', 'イワテケン', 'IW', 'tohoku'],
  ['04', '宮城県', 'Miyagi', 'ミヤギケン', 'MG', 'tohoku'],
  ['05', '秋田県', 'Akita', 'アキタケン', 'AK', 'tohoku'],
  ['06', '山形県', 'Yamagata', 'ヤマガタケン', 'YG', 'tohoku'],
  ['07', '福島県', 'Fukushima', 'フクシマケン', 'FS', 'tohoku'],
  ['08', '茨城県', 'Ibaraki', 'イバラキケン', 'IB', 'kanto'],
  ['09', '栃木県', 'Tochigi', 'トチギケン', 'TC', 'kanto'],
  ['10', '群馬県', 'Gunma', 'グンマケン', 'GU', 'kanto'],
  ['11', '埼玉県', 'Saitama', 'サイタマケン', 'SA', 'kanto'],
  ['12', '千葉県', 'Chiba', 'チバケン', 'CH', 'kanto'],
  ['13', '東京都', 'Tokyo', 'トウキョウト', 'TK', 'kanto'],
  ['14', '神奈川県', 'Kanagawa', 'カナガワケン', 'KN', 'kanto'],
  ['15', '新潟県', 'Niigata', 'ニイガタケン', 'NI', 'shinetsu'],
  ['16', '富山県', 'Toyama', 'トヤマケン', 'TY', 'hokuriku'],
  ['17', '石川県', 'Ishikawa', 'イシカワケン', 'IS', 'hokuriku'],
  ['18', '福井県', 'Fukui', 'フクイケン', 'FI', 'hokuriku'],
  ['19', '山梨県', 'Yamanashi', 'ヤマナシケン', 'YN', 'kanto'],
  ['20', '長野県', 'Nagano', 'ナガノケン', 'NN', 'shinetsu'],
  ['21', '岐阜県', 'Gifu', 'ギフケン', 'GI', 'tokai'],
  ['22', '静岡県', 'Shizuoka', 'シズオカケン', 'SZ', 'tokai'],
  ['23', '愛知県', 'Aichi', 'アイチケン', 'AI', 'tokai'],
  ['24', '三重県', 'Mie', 'ミエケン', 'ME', 'tokai'],
  ['25', '滋賀県', 'Shiga', 'シガケン', 'SI', 'kinki'],
  ['26', '京都府', 'Kyoto', 'キョウトフ', 'KY', 'kinki'],
  ['27', '大阪府', 'Osaka', 'オオサカフ', 'OS', 'kinki'],
  ['28', '兵庫県', 'Hyogo', 'ヒョウゴケン', 'HY', 'kinki'],
  ['29', '奈良県', 'Nara', 'ナラケン', 'NR', 'kinki'],
  ['30', '和歌山県', 'Wakayama', 'ワカヤマケン', 'WK', 'kinki'],
  ['31', '鳥取県', 'Tottori', 'トットリケン', 'TT', 'chugoku'],
  ['32', '島根県', 'Shimane', 'シマネケン', 'SM', 'chugoku'],
  ['33', '岡山県', 'Okayama', 'オカヤマケン', 'OK', 'chugoku'],
  ['34', '広島県', 'Hiroshima', 'ヒロシマケン', 'HR', 'chugoku'],
  ['35', '山口県', 'Yamaguchi', 'ヤマグチケン', 'YC', 'chugoku'],
  ['36', '徳島県', 'Tokushima', 'トクシマケン', 'TS', 'shikoku'],
  ['37', '香川県', 'Kagawa', 'カガワケン', 'KG', 'shikoku'],
  ['38', '愛媛県', 'Ehime', 'エヒメケン', 'EH', 'shikoku'],
  ['39', '高知県', 'Kochi', 'コウチケン', 'KC', 'shikoku'],
  ['40', '福岡県', 'Fukuoka', 'フクオカケン', 'FO', 'kyushu'],
  ['41', '佐賀県', 'Saga', 'サガケン', 'SG', 'kyushu'],
  ['42', '長崎県', 'Nagasaki', 'ナガサキケン', 'NS', 'kyushu'],
  ['43', '熊本県', 'Kumamoto', 'クマモトケン', 'KM', 'kyushu'],
  ['44', '大分県', 'Oita', 'オオイタケン', 'OI', 'kyushu'],
  ['45', '宮崎県', 'Miyazaki', 'ミヤザキケン', 'MZ', 'kyushu'],
  ['46', '鹿児島県', 'Kagoshima', 'カゴシマケン', 'KS', 'kyushu'],
  ['47', '沖縄県', 'Okinawa', 'オキナワケン', 'ON', 'okinawa'],
] as const

type Codes<Rows extends readonly (readonly string[])[]> = { readonly [I in keyof Rows]: Rows[I][0] }

/** The 47 codes of JIS X 0401 as a tuple of literals, in order, for `z.enum`. */
export const PREFECTURE_CODES = ROWS.map(([code]) => code) as readonly string[] as Codes<typeof ROWS>

/** The 47 prefectures in code order. */
export const PREFECTURES: readonly Prefecture[] = ROWS.map(([code, ja, en, kana, letters, region]) => ({
  code,
  ja,
  en,
  kana,
  short: ja === '北海道' ? ja : ja.slice(0, -1),
  letters,
  region: regionById(region),
}))

const byCode = new Map(PREFECTURES.map((prefecture) => [prefecture.code, prefecture]))
const byName = new Map(PREFECTURES.map((prefecture) => [prefecture.ja, prefecture]))

/** The prefecture with this two-digit code (JIS X 0401), or undefined. */
export function prefectureByCode(code: string): Prefecture | undefined {
  return byCode.get(code)
}

/** Whether the text is one of the 47 two-digit codes. The leading zero is required. */
export function isPrefectureCode(x: string): boolean {
  return byCode.has(x)
}

/** The codes of the prefectures of a region, by its id or Japanese name, in order. Empty for an unknown region. */
export function prefecturesIn(name: string): string[] {
  return PREFECTURES.filter(({ region }) => region.id === name || region.ja === name).map(({ code }) => code)
}

/** The region of which these codes, in order, are all the prefectures. Undefined for one prefecture. */
export function regionOf(codes: readonly string[]): Region | undefined {
  return codes.length < 2 ? undefined : REGIONS.find(({ id }) => prefecturesIn(id).join() === codes.join())
}

/** The prefecture with this full Japanese name (茨城県, not 茨城), or undefined. */
export function prefectureByName(ja: string): Prefecture | undefined {
  return byName.get(ja)
}

/**
 * Whether six half-width digits are a local-government code of a prefecture with the right check digit. The first five
 * digits are multiplied by 6, 5, 4, 3, 2 and added up. The check digit is the last digit of 11 − (sum mod 11). Does not
 * check whether the municipality exists. Source: 総務省 全国地方公共団体コード 付表 (検査数字).
 */
export function localGovernmentCodeIsValid(sixDigits: string): boolean {
  if (!/^[0-9]{6}$/.test(sixDigits) || !isPrefectureCode(sixDigits.slice(0, 2))) return false
  const digits = Array.from(sixDigits, Number)
  const sum = digits.slice(0, 5).reduce((total, digit, i) => total + digit * (6 - i), 0)
  return digits[5] === (11 - (sum % 11)) % 10
}

function regionById(id: Region['id']): Region {
  const region = REGION_ROWS.find((row) => row.id === id)
  if (!region) throw new RangeError(`no region ${id}`)
  return region
}
