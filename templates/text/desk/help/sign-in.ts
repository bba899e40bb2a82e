import type { Help } from './help.ts'

/** Help for the pages before somebody is signed in. */
export const ofSignIn = {
  '/desk/sign-in': {
    ja: [
      '担当者の方がログインするページです。',
      '登録されたメールアドレスを入力すると、リンクが届きます。パスワードはありません。',
      'メールが届かないときは、アドレスを確かめて事務局にご連絡ください。',
    ],
    en: [
      'Staff sign in here.',
      'Enter your address to get a link. There is no password.',
      'If nothing arrives, check the address and ask the secretariat.',
    ],
  },
  '/desk/sign-in/code': {
    ja: [
      'メールに記載の数字でログインします。',
      'メールを別の端末で見ているときに使います。',
      '数字が期限切れのときは、最初からやり直してください。',
    ],
    en: [
      'Sign in by the code of the letter.',
      'Use it if you read your mail on another device.',
      'If the code has expired, start again.',
    ],
  },
  '/desk/sign-in/:token': {
    ja: [
      'メールのリンクから開いたページです。',
      'ボタンを押すと、このブラウザーでログインします。',
      'リンクは一度だけ使えます。',
    ],
    en: [
      'The link of the letter opens this page.',
      'Press the button to sign in with this browser.',
      'The link works once.',
    ],
  },
  '/desk/first/:token': {
    ja: [
      '最初の担当者を登録するページです。',
      'お名前とメールアドレスを入力します。',
      '次のページで2段階認証を設定すると、準備を始められます。',
    ],
    en: [
      'Make the first account.',
      'Enter your name and e-mail address.',
      'After the second factor is set up, the first steps begin.',
    ],
  },
} as const satisfies Record<string, Help>
