import type { Help } from './help.ts'

/** Help for the schedule: the calendar, single days and closed days. */
export const ofSchedule = {
  '/desk/schedule': {
    ja: [
      '担当地域の開催を、月・週・一覧で見ます。',
      '日にちの「＋」で、その日に開催を追加できます。開催を選ぶと、内容と予約が開きます。',
      '開催を別の日に移すには、その日へドラッグします。指では、長く押してから日を選びます。',
    ],
    en: [
      'The sessions of your prefectures by month, by week or as a list.',
      'Press ＋ on a day to add a session there. Open a session to see its bookings.',
      'Drag a session to another day to move it. On a touch screen, hold it, then choose the day.',
    ],
  },
  '/desk/schedule/new': {
    ja: [
      '1回だけの開催を追加します。',
      '最近の開催と同じ内容が入っているので、違うところだけ修正します。',
      '毎週や毎月の開催は、「定期開催」で追加してください。',
    ],
    en: [
      'Add a single session.',
      'The form has the details of the latest one. Change only what differs.',
      'Sessions that repeat are added under “Series”.',
    ],
  },
  '/desk/schedule/copy': {
    ja: [
      '1週間分の開催を、別の週にコピーします。',
      'コピー先の週の、どの日でも入力できます。',
      '休止日と、定期開催で作成される日は除かれます。予約はコピーされません。',
    ],
    en: [
      'Copy the sessions of a week into another week.',
      'Enter any day of that week.',
      'Closed days and days of a series are left out. Bookings are not copied.',
    ],
  },
  '/desk/import': {
    ja: [
      '公表した日程表を貼り付けるか、ファイルで読み取ります。',
      '文章、CSV、Excelのファイルを読み取れます。300 kBまでです。',
      '読み取るだけでは、何も追加しません。次の画面で内容を確かめます。',
    ],
    en: [
      'Paste a published schedule, or read it from a file.',
      'Text, CSV and Excel files of at most 300 kB can be read.',
      'Reading adds nothing. You check each row on the next page.',
    ],
  },
  '/desk/import/bookings': {
    ja: [
      'ほかの予約サービスや表で受け付けた予約を、まとめて登録します。',
      '見出しのある表を貼り付けるか、CSV、Excelのファイルを選びます。',
      '登録する前に、1行ずつ確かめます。読み取った表は残りません。',
    ],
    en: [
      'Enter bookings that another service or a table has held.',
      'Paste a table with headings, or choose a CSV or Excel file.',
      'You check each row before anything is entered. The table is not kept.',
    ],
  },
  '/desk/import/:id': {
    ja: [
      '日程表の記載と、読み取った内容を1行ずつ見比べます。',
      '日にちと曜日が合わない日は、候補から選びます。取り込まないこともできます。',
      '途中で保存して、後から続けられます。最後に、取り込む内容を確かめます。',
    ],
    en: [
      'Compare each printed row with what was read.',
      'If a date and its weekday do not agree, choose a proposal, or leave the day out.',
      'You can save and continue later. At the end you see what will be imported.',
    ],
  },
  '/desk/import/:id/look': {
    ja: [
      '追加する開催と、登録済みの開催との違いを確かめます。',
      '取り込みは、新しい開催を追加するだけです。予約のある開催は、それぞれの画面で変更します。',
      '取り込んだ後でも、予約のない開催は、まとめて取り消せます。',
    ],
    en: [
      'Check what will be added, and what differs from the sessions that are there.',
      'Importing only adds sessions. Change sessions with bookings on their own pages.',
      'Afterwards you can undo the import of all sessions that nobody booked.',
    ],
  },
  '/desk/closures': {
    ja: [
      '窓口が休む日を決めます。祝日と年末年始は、初めから予定に入っています。',
      '休む日は「休止にする」、開く日は「開催する」を選びます。',
      '予約のある日は開催のまま残ります。休むには、その回を中止にしてください。',
    ],
    en: [
      'Decide on which days desks are closed. Public holidays and the New Year are proposed.',
      'Choose “Close” or “Open” for each day.',
      'Sessions with bookings are still held. Call them off if they are not.',
    ],
  },
  '/desk/suspensions': {
    ja: [
      '災害などのときに、地域と期間を決めて、対面の開催をまとめてWEBか電話に切り替えます。',
      '影響する日程と方を確かめてから登録します。',
      '解除すると、元の開催形式に戻ります。',
    ],
    en: [
      'In a disaster, hold all sessions of a region and period online or by phone.',
      'See the sessions and people concerned before you save it.',
      'When it is lifted, sessions return to their original format.',
    ],
  },
  '/desk/suspensions/:id/lift': {
    ja: [
      '対面開催の停止を解除します。',
      '対面に戻る日程と方を確かめてから、ボタンを押してください。',
      '形式が戻る方に、順にお知らせします。',
    ],
    en: [
      'Lift a suspension of sessions in person.',
      'See the sessions and people concerned before you press the button.',
      'People whose format returns are notified.',
    ],
  },
} as const satisfies Record<string, Help>
