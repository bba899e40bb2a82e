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
      '鍵が漏れたおそれがあるときは、作り直してください。1日のあいだは、前の鍵でも署名します。',
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
} as const satisfies Record<string, Help>
