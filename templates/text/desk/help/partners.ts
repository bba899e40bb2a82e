import type { Help } from './help.ts'

/** Help for what other systems hear and do. */
export const ofPartners = {
  '/desk/webhooks': {
    ja: [
      '日程の変更や中止を、ほかのシステムへ自動で知らせる通知先の一覧です。',
      '「通知先を追加」で、アドレスとお知らせする内容を登録します。',
      '届かない通知は送り直します。長く届かない通知先は自動で停止し、メールでお知らせします。',
    ],
    en: [
      'The other systems that hear of changes and call-offs by themselves.',
      'Add a webhook with its address and what it is to hear.',
      'What does not arrive is tried again. After days of failures the webhook is stopped, and you get a letter.',
    ],
  },
  '/desk/webhooks/new': {
    ja: [
      '通知先を追加します。',
      'アドレスは、相手のシステムの担当者に確かめて入力します。',
      '追加した後に、署名の鍵を相手に伝えます。',
    ],
    en: [
      'Add a webhook.',
      'Ask the people who run the other system for its address.',
      'Give them the secret afterwards.',
    ],
  },
  '/desk/webhooks/:id': {
    ja: [
      '1つの通知先の内容と、通知の記録です。',
      '届かなかった通知は、「もう一度送る」で送り直せます。',
      '鍵が漏れたおそれがあるときは、新しく作成してください。1日のあいだは、前の鍵でも署名します。',
    ],
    en: [
      'One webhook and what became of its deliveries.',
      'What did not arrive can be sent again.',
      'If somebody else may know the secret, make a new one. For a day both sign.',
    ],
  },
  '/desk/webhooks/:id/delete': {
    ja: [
      '通知先を削除します。',
      '内容を確かめてから、ボタンを押してください。元には戻せません。',
      'しばらく止めるだけのときは、「休止する」を使います。',
    ],
    en: [
      'Delete a webhook.',
      'Check what it is before you press the button. This cannot be undone.',
      'To stop it for a while, pause it instead.',
    ],
  },
  '/desk/keys': {
    ja: [
      '提携先のシステムが、日程の読み取りや予約に使う鍵の一覧です。',
      '「鍵を作成」で、窓口と、できることを選びます。鍵が表示されるのは一度だけです。',
      '使わなくなった鍵や、漏れたおそれのある鍵は、無効にしてください。',
    ],
    en: [
      'The keys by which systems of partners read the schedule and book.',
      'Make a key for a desk and choose what it opens. It is shown once.',
      'Revoke keys that nobody needs, or that somebody else may know.',
    ],
  },
  '/desk/keys/new': {
    ja: [
      '提携先のシステムのための鍵を作成します。',
      '名前には、どのシステムが使うかを入力します。予約をしないシステムには「日程の読み取り」を選びます。',
      '作成した鍵は、一度だけ表示されます。その場で提携先に伝えてください。',
    ],
    en: [
      'Make a key for the system of a partner.',
      'Name the system that has it. Choose “Read” if it does not book.',
      'The key is shown once. Give it to the partner then.',
    ],
  },
  '/desk/keys/:id/revoke': {
    ja: [
      '鍵を無効にします。',
      'どのシステムの鍵かを確かめてから、ボタンを押してください。',
      'この鍵での読み取りと予約は、すぐにできなくなります。入っている予約はそのままです。',
    ],
    en: [
      'Revoke a key.',
      'Check whose it is before you press the button.',
      'It opens nothing from then on. Bookings that were made stay.',
    ],
  },
} as const satisfies Record<string, Help>
