import { spoken } from '../spoken.ts'

/** The letter that invites a person to the console. */
export const invitation = spoken({
  ja: {
    subject: '【ご招待】窓口の管理画面',
    heading: '管理画面へのご招待',
    opening: (role: string) => [
      `相談窓口の管理画面に、「${role}」として登録されました。`,
      'リンクを開いて、ボタンを押すと、ログインできます。',
    ],
    role: '役割',
    until: '有効期限',
    title: '初めてログインする',
    text: '次のリンクは一度だけ使えます。次回からは、ログインの画面でこのメールアドレスを入力してください。',
    open: '管理画面を開く',
    late: {
      title: '期限が切れたとき',
      text: 'ログインの画面にこのメールアドレスを入力すると、新しいリンクが届きます。',
      open: 'ログインの画面',
    },
    unasked: {
      title: '心当たりがないとき',
      text: '何もしなくてかまいません。リンクは、ほかの人に知らせないでください。',
    },
  },
  en: {
    subject: '[Invitation] Madoguchi console',
    heading: 'You are invited to the console',
    opening: (role) => [
      `You have been added to the console of the consultation desks as “${role}”.`,
      'Open the link and press the button to sign in.',
    ],
    role: 'Role',
    until: 'Good until',
    title: 'Sign in for the first time',
    text: 'The link works once. Later, type this e-mail address on the sign-in page.',
    open: 'Open the console',
    late: {
      title: 'If the link has expired',
      text: 'Type this e-mail address on the sign-in page, and a new link is sent.',
      open: 'Sign-in page',
    },
    unasked: {
      title: 'If you do not expect this letter',
      text: 'There is nothing to do. Do not pass the link on to anybody.',
    },
  },
})
