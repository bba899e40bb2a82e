import type { Help } from './help.ts'

/** Help for desks, venues and fiscal years. */
export const ofPlaces = {
  '/desk/desks': {
    ja: [
      '相談を受ける窓口の一覧です。',
      '名前と電話番号は、予約のページ、メール、カレンダーに表示されます。',
      '名前を選ぶと、変更や終了ができます。',
    ],
    en: [
      'The desks that give advice.',
      'Their names and phone numbers are on pages, in letters and in calendars.',
      'Open one to change or end it.',
    ],
  },
  '/desk/desks/new': {
    ja: [
      '窓口を追加します。',
      '名前、担当する都道府県、電話番号を入力します。',
      '追加すると、日程を作成するときに選べるようになります。',
    ],
    en: ['Add a desk.', 'Enter its name, prefectures and phone number.', 'It can then be chosen for sessions.'],
  },
  '/desk/desks/:id': {
    ja: [
      '窓口の名前、電話番号、受付時間などを変更します。',
      '保存の前に、変更前と変更後を並べて確かめます。',
      'これから送るメールと、公開ページの表示が変わります。',
    ],
    en: [
      'Change the name, phone number or hours of a desk.',
      'Before you save, see the old and the new side by side.',
      'Public pages and later letters have the new details.',
    ],
  },
  '/desk/desks/:id/poster': {
    ja: [
      'この窓口の予約ページを開く、短いアドレスとQRコードのポスターです。',
      'A4の紙に印刷して、窓口や会場に貼れます。',
      'アドレスは、印刷した後も変わりません。',
    ],
    en: [
      'A poster with a short address and a QR code of this desk.',
      'Print it on A4 paper.',
      'The address never changes.',
    ],
  },
  '/desk/desks/:id/delete': {
    ja: [
      'まだ使われていない窓口を、一覧から削除します。',
      '予約や開催のある窓口は削除できません。「終了」を使ってください。',
      '削除すると、元に戻せません。',
    ],
    en: [
      'Delete a desk that was never used.',
      'A desk with bookings or sessions cannot be deleted. End it instead.',
      'This cannot be taken back.',
    ],
  },
  '/desk/desks/:id/end': {
    ja: [
      '窓口を終了します。',
      '新しい日程では選べなくなり、これまでの日程には名前が残ります。',
      '一覧から再開できます。',
    ],
    en: [
      'End a desk.',
      'New sessions cannot choose it. Its name stays on earlier ones.',
      'It can be opened again in the list.',
    ],
  },
  '/desk/venues': {
    ja: [
      '会場の一覧です。',
      '住所は、対面で参加する方のメールと予約のページに載ります。',
      '名前を選ぶと、変更できます。',
    ],
    en: [
      'The list of venues.',
      'The address is in the letters and on the pages of people who come.',
      'Open one to change it.',
    ],
  },
  '/desk/venues/new': {
    ja: [
      '会場を追加します。',
      '都道府県、名前、住所を入力します。',
      '追加すると、日程を作成するときに選べるようになります。',
    ],
    en: ['Add a venue.', 'Enter its prefecture, name and address.', 'It can then be chosen for sessions.'],
  },
  '/desk/venues/:id/retire': {
    ja: [
      '会場の利用を終了し、これからは選べないようにします。',
      'この会場で予定している開催は、そのまま残ります。先に一覧で確かめてください。',
      'あとで利用を再開できます。',
    ],
    en: [
      'Retire a venue, so that nobody can choose it any more.',
      'Sessions ahead that use it stay as they are. The page lists them.',
      'It can be used again later.',
    ],
  },
  '/desk/venues/:id': {
    ja: [
      '会場の名前や住所を変更します。',
      '書き誤りの訂正なら、予約した方へのお知らせはありません。',
      '場所そのものが変わるときは「場所が変わる（現地に来る方にお知らせする）」を選びます。現地に来る方にお知らせします。',
    ],
    en: [
      'Change the name or address of a venue.',
      'Nobody is notified of a corrected mistake.',
      'If the place itself changes, tick so. Everybody who comes is notified.',
    ],
  },
  '/desk/venues/:id/delete': {
    ja: [
      '間違えて登録した会場を削除します。',
      '開催で使っている会場は、削除できません。',
      '削除すると、元に戻せません。',
    ],
    en: [
      'Delete a venue that was added by mistake.',
      'A venue that sessions use cannot be deleted.',
      'This cannot be undone.',
    ],
  },
  '/desk/programmes': {
    ja: [
      '日程と受付番号を管理する年度の一覧です。',
      '年度の期間の外には、日程を作成できません。',
      '個人情報は、ここで決めた年数の後に自動で削除されます。',
    ],
    en: [
      'Fiscal years, by which days and numbers are kept.',
      'No session is made outside of them.',
      'Personal data is deleted after the number of years that is set here.',
    ],
  },
  '/desk/programmes/:id': {
    ja: [
      '年度の名称と期間を変更します。',
      '期間の外に日程が残る変更は、保存できません。',
      '個人情報を保存する年数も、ここで決めます。',
    ],
    en: [
      'Change the name and period of a fiscal year.',
      'All of its sessions must stay within the period.',
      'The years that personal data is kept are set here, too.',
    ],
  },
  '/desk/programme': {
    ja: [
      '今年度の定期開催を、来年度に引き継ぎます。',
      'そのまま続くものと、新しく作成するものを確かめてから、ボタンを押してください。',
      '一度引き継いだものは、二重に作成されません。',
    ],
    en: [
      'Continue the series of this year in the next.',
      'See what goes on and what is made anew before you press the button.',
      'Nothing is made twice.',
    ],
  },
} as const satisfies Record<string, Help>
