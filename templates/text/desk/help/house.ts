import type { Help } from './help.ts'

/** Help for today, figures, accounts and settings. */
export const ofHouse = {
  '/desk': {
    ja: [
      '今日の開催と、今日のうちに対応することが並びます。',
      '「やること」を上から順に開いてください。対応が済むと、一覧から外れます。',
      'お越しになった方は「参加」、来られなかった方は「欠席」を押します。押し間違いは取り消せます。',
    ],
    en: [
      'The sessions of today, and what has to be done today.',
      'Open the tasks from the top. Each leaves the list when it is done.',
      'Press “Attended” or “Absent” for each person. Both can be taken back.',
    ],
  },
  '/desk/survey': {
    ja: [
      '参加した方のアンケートの結果です。',
      '誰の回答かは分かりません。3件に満たないときは表示しません。',
      '都道府県で絞り込めます。',
    ],
    en: [
      'What people answered after their visit.',
      'Nobody can be recognised. Fewer than three answers are not shown.',
      'Filter by prefecture.',
    ],
  },
  '/desk/figures': {
    ja: [
      '予約と参加の数を、期間や都道府県ごとに数えます。',
      '申込日ではなく、開催日で数えます。個人を示す情報は含みません。',
      '「月次報告」は、報告書にそのまま使える表です。',
    ],
    en: [
      'Counts of bookings and attendance by period and prefecture.',
      'They go by the day of the session and hold no personal data.',
      'The monthly report is a table to hand in.',
    ],
  },
  '/desk/figures/report': {
    ja: [
      '1か月分の集計を、都道府県と種類ごとにまとめた表です。',
      '出欠を記録していない予約は、参加に数えません。先に「今日」で記録してください。',
      '印刷するか、書き出して使います。',
    ],
    en: [
      'The figures of a month by prefecture and kind.',
      'Visits that nobody recorded do not count. Record them under “Today” first.',
      'Print it, or export it.',
    ],
  },
  '/desk/exports': {
    ja: [
      '予約台帳を、表計算ソフトのファイルに書き出します。',
      '期間と、ファイルの種類を選びます。',
      '個人情報を含むので、書き出した人と条件は記録に残ります。',
    ],
    en: [
      'Export the ledger as a file for a spreadsheet.',
      'Choose the period and the kind of file.',
      'It holds personal data, so it is recorded who exported it.',
    ],
  },
  '/desk/exports/:id': {
    ja: [
      '書き出しの進み具合です。',
      'この画面を閉じても、続きます。後で開き直せます。',
      '終わったファイルは、書き出した人だけが受け取れます。',
    ],
    en: [
      'How far the export is.',
      'You may leave this page and open it again.',
      'Only the person who asked for the file gets it.',
    ],
  },
  '/desk/people': {
    ja: [
      '管理画面を使う担当者の一覧です。',
      '「担当者を招待」から登録すると、招待のメールが届きます。',
      '異動した方は、名前を開いて利用を止めてください。',
    ],
    en: [
      'The people who use this console.',
      'Whoever is added gets an invitation by e-mail.',
      'Open the name of somebody who has left to end their access.',
    ],
  },
  '/desk/people/new': {
    ja: [
      '担当者を追加します。',
      '役割と、担当する都道府県を選びます。担当外の予約は見られません。',
      '登録すると、ログイン用のリンクがメールで届きます。',
    ],
    en: [
      'Add an account.',
      'Choose a role and prefectures. Bookings of other prefectures are not visible to it.',
      'A link to sign in is sent by e-mail.',
    ],
  },
  '/desk/people/:id': {
    ja: [
      '担当者の名前、役割、担当する都道府県を変更します。',
      '招待のメールが届いていないときは、もう一度送れます。',
      'アドレスや権限の変更は、ご本人にメールでお知らせします。',
    ],
    en: [
      'Change the name, role or prefectures of an account.',
      'If the invitation did not arrive, send it again.',
      'The person is told by e-mail of a new address or role.',
    ],
  },
  '/desk/setup': {
    ja: [
      '予約を受けられるようになるまでの準備です。',
      '上から順に進めてください。済んだものには印が付きます。',
      'メールの試し送信と試しの予約で、動くことを確かめられます。',
    ],
    en: [
      'The steps until the first booking.',
      'Go through them from the top. Those that are done have a mark.',
      'Send a letter and make a booking to see that it works.',
    ],
  },
  '/desk/setup/house': {
    ja: [
      '事業の名前と、運営者の連絡先を入力します。',
      '公開ページの上と下、メールの署名に表示されます。',
      '空欄の項目は表示されません。',
    ],
    en: [
      'Enter the name of the service and who runs it.',
      'It is on the public pages and below each letter.',
      'Empty fields are not shown.',
    ],
  },
  '/desk/journal': {
    ja: [
      '誰が、いつ、何をしたかの記録です。',
      '人、対象、日にちで絞り込めます。',
      '個人情報の閲覧と書き出しも残ります。記録は変更できません。',
    ],
    en: [
      'Who did what, and when.',
      'Search by person, object and day.',
      'Reading and exporting personal data is recorded as well. Nobody can change it.',
    ],
  },
  '/desk/mine': {
    ja: [
      '自分が担当する相談の予定です。',
      'カレンダーのアドレスを、お使いのカレンダーに登録できます。',
      '相談の後は、予約のページで相談記録を書けます。',
    ],
    en: [
      'The times at which you advise.',
      'Its calendar address can be added to your own calendar.',
      'After a consultation, write its record on the page of the booking.',
    ],
  },
  '/desk/security': {
    ja: [
      'ご自分のログインの方法と、この管理画面の設定です。',
      'パスキーか認証アプリを登録すると、他人がログインできなくなります。',
      '心当たりのないブラウザーがあれば、ログアウトさせてください。',
    ],
    en: [
      'How you sign in, and settings of this console.',
      'Add a passkey or an authenticator app, so that nobody else can sign in.',
      'End the access of browsers that you do not know.',
    ],
  },
  '/desk/proof': {
    ja: [
      '大切な操作の前に、ご本人であることを確かめます。',
      '認証アプリの数字を入力するか、パスキーを使ってください。',
      '10分間は、もう一度求められません。',
    ],
    en: [
      'Prove who you are before an important act.',
      'Enter the code of your app, or use a passkey.',
      'You are not asked again for ten minutes.',
    ],
  },
} as const satisfies Record<string, Help>
