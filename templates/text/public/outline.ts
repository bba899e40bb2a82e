import { spoken } from '../spoken.ts'

/** What a session is about, its form in the console, and the archive of materials. */
export const outline = spoken({
  ja: {
    title: '開催の案内',
    labels: { target: '対象', hosts: '主催・共催', speakers: '講師・登壇者', agenda: 'プログラム', materials: '資料' },
    materials: '当日の資料',
    archive: '開催済みの資料',
    archiveLead: '終了したセミナーや相談会の資料です。新しい順に並んでいます。',
    archiveEmpty: '公開している資料はまだありません。',
    archiveLink: 'これまでのセミナーの資料を見る',
    more: '前の開催の資料',
    newer: '新しい開催の資料',
    edit: {
      open: '開催の案内を編集',
      lead: '公開ページに載せる案内です。保存すると、すぐに公開ページに表示されます。メールは送られません。',
      english: (label: string) => `${label}（英語）`,
      lines: '1行に1つずつ入力します。',
      agenda: '1行に1つずつ、時刻から始めて入力します（例：13:00 開会のあいさつ）',
      materials:
        '1行に1つずつ、資料の名前とアドレスを入力します。終了した後に公開ページと「開催済みの資料」に表示されます（例：講演資料 https://www.example.jp/shiryo.pdf）',
      englishHelp: '空欄のときは、英語のページにも日本語で表示されます。',
      save: '案内を保存する',
      changed: { what: 'ほかの方が先に保存しました。', next: '今の内容を確かめて、もう一度保存してください。' },
      saved: '案内を保存しました。',
    },
  },
  en: {
    title: 'About this session',
    labels: { target: 'For', hosts: 'Hosts', speakers: 'Speakers', agenda: 'Agenda', materials: 'Materials' },
    materials: 'Materials of the day',
    archive: 'Materials of past sessions',
    archiveLead: 'Materials of seminars and consultation days that are over, the newest first.',
    archiveEmpty: 'Nothing is published yet.',
    archiveLink: 'Materials of past seminars',
    more: 'Earlier sessions',
    newer: 'Later sessions',
    edit: {
      open: 'Edit the outline',
      lead: 'What the public page says about this session. It is shown at once. Nobody gets a letter.',
      english: (label) => `${label} (English)`,
      lines: 'One entry a line.',
      agenda: 'One entry a line, beginning with its time. For example: 13:00 Opening',
      materials:
        'One a line: its title and its address. They are shown once the session is over, also among the materials of past sessions. For example: Slides https://www.example.jp/slides.pdf',
      englishHelp: 'If it is empty, English pages show the Japanese text.',
      save: 'Save the outline',
      changed: { what: 'Somebody else saved it first.', next: 'Please look at it as it is now, and save again.' },
      saved: 'The outline is saved.',
    },
  },
})
