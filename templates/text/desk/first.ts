import { spoken } from '../spoken.ts'

/** Making the first account. */
export const first = spoken({
  ja: {
    title: '最初の担当者の登録',
    lead: 'このシステムを使い始めます。最初に登録する方は「事務局」として、すべての設定ができます。次のページで、2段階認証を設定します。',
    labels: { name: '氏名', email: 'メールアドレス' },
    help: '次回から、このアドレスに届くリンクでログインします。',
    make: '登録してログインする',
    signIn: 'ログインの画面へ',
    over: {
      what: 'このリンクはもう使えません。',
      next: '期限が切れたか、もう担当者が登録されています。登録がまだのときは、システムを起動し直すと新しいリンクが表示されます。',
    },
  },
  en: {
    title: 'The first account',
    lead: 'This is where it starts. The first person belongs to the secretariat and can set everything up. The next page sets up two-factor sign-in.',
    labels: { name: 'Name', email: 'E-mail address' },
    help: 'Later you sign in with a link sent to this address.',
    make: 'Make the account and sign in',
    signIn: 'Go to sign-in',
    over: {
      what: 'This link no longer works.',
      next: 'It has expired, or there is an account already. If there is none, start the system again: it prints a new link.',
    },
  },
})
