import { spoken } from '../spoken.ts'

/** The letter with a link to sign in. */
export const signIn = spoken({
  ja: {
    subject: '【ログイン】窓口の管理画面',
    heading: '管理画面へのログイン',
    opening: ['窓口の管理画面へのログインの申請がありました。', 'リンクを開いて、ボタンを押してください。'],
    code: '確認コード',
    until: '有効期限',
    title: 'ログインする',
    text: '次のリンクは一度だけ使えます。ほかの端末で読んでいるときは、ログインの画面に確認コードを入力してください。',
    linkOnly:
      '次のリンクは一度だけ使えます。今日はもう確認コードをお送りできません。ログインする端末でリンクを開いてください。',
    open: 'ログインのページを開く',
    unasked: {
      title: '心当たりがないとき',
      text: '何もしなくてかまいません。期限が来ると使えなくなります。リンクとコードは、ほかの人に知らせないでください。',
    },
  },
  en: {
    subject: '[Sign in] Madoguchi console',
    heading: 'Signing in to the console',
    opening: ['Somebody asked to sign in to the console with this address.', 'Open the link and press the button.'],
    code: 'Code',
    until: 'Good until',
    title: 'Sign in',
    text: 'The link works once. If you are reading this on another device, type the code on the sign-in page instead.',
    linkOnly:
      'The link works once. No more codes are sent today: open the link on the device where you want to sign in.',
    open: 'Open the sign-in page',
    unasked: {
      title: 'If it was not you',
      text: 'There is nothing to do: link and code expire by themselves. Do not pass them on to anybody.',
    },
  },
})
