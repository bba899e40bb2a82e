import { spoken, type What } from '../spoken.ts'

/** The form by which a firm applies for an expert. */
export const form = spoken({
  ja: {
    title: '専門家に相談する（無料）',
    lead: 'テレワークの専門家（テレワークマネージャー）が、貴社に合った進め方を一緒に考えます。',
    visits: (visits: number) => `同じ専門家に、1年度に${visits}回まで無料で相談できます。WEB・電話・訪問から選べます。`,
    steps: 'お申し込みのあと、専門家を探してご連絡します。この画面では、日時はまだ決まりません。',
    until: (day: string) => `今年度のお申し込みは${day}までです。`,
    matter: 'ご相談の内容',
    how: '相談の方法と日時',
    labels: {
      organisation: '組織の種類',
      municipality: '市区町村',
      address: '訪問先の住所',
      stage: 'テレワークの段階',
      topics: 'いちばん相談したいこと',
      topics_more: 'ほかに相談したいこと',
      formats: '希望する方法',
      formats_more: 'ほかに、できる方法',
      wished: 'ご希望の日',
      half: '時間帯',
      wishes_former: '前回の専門家',
      message: 'ご相談の内容をご自由に',
      channel: '受付の方法',
    },
    nth: (nth: number) => `第${nth}希望`,
    date: '日にち',
    former: '以前に担当した専門家を希望する',
    conditionVisit: '訪問のとき必須',
    help: {
      municipality: '例：水戸市、つくば市、東京都港区の場合は「港区」',
      address: '専門家がお伺いする場所です。WEBか電話だけのときは、空のままでかまいません。',
      formats_more: '広く選ぶほど、早く見つかりやすくなります',
      wished: '3つまで選べます。決まっていなければ、空のままでかまいません。',
      email: 'お申し込みの確認と、専門家が決まったお知らせをお送りします',
      message: '専門家を探すとき、候補の専門家が読みます。個人名は書かないでください。',
    },
    submit: '確認へ進む',
    consent: {
      purpose: ['利用目的', '専門家の紹介とご連絡、相談の準備、終了後のアンケートのお願い、個人を特定しない集計のため'],
      holder: ['管理者', '地域の窓口と、このサイトの事務局'],
      receivers: [
        '提供先',
        '候補の専門家には、企業名とご相談の内容をお見せします。お名前・電話番号・メールアドレスは、担当が決まった専門家（最大2名）だけにお見せします。',
      ],
      retention: ['保存期間', 'お申し込みの年度の末日（3月31日）から1年間。その後、個人を特定できない形にします。'],
    } satisfies Record<string, [string, string]>,
    review: {
      title: 'お申し込みの内容の確認',
      notYet: {
        what: 'まだお申し込みは完了していません。',
        next: '内容をお確かめのうえ、下のボタンを押してください。',
      },
      submit: 'この内容で申し込む',
    },
    closed: {
      what: '今は、専門家への相談のお申し込みを受け付けていません。',
      next: '相談会とセミナーは、引き続きご利用いただけます。',
    } satisfies What,
    sessions: '相談会・セミナーの日程を見る',
    refused: {
      closed: {
        what: '今は、専門家への相談のお申し込みを受け付けていません。',
        next: 'お申し込みは完了していません。相談会とセミナーは、引き続きご利用いただけます。',
      },
      twice: {
        what: 'この企業・団体からは、すでにお申し込みを受け付けています。',
        next: '新しいお申し込みは受け付けていません。ご登録のメールアドレスに、お申し込みのページのリンクをお送りしました。届かないときは、窓口にお電話ください。',
      },
      capped: {
        what: '本日のお申し込みの数が上限に達したため、受け付けられません。',
        next: 'お申し込みは完了していません。明日以降にもう一度お試しいただくか、窓口にお電話ください。',
      },
      changed: {
        what: 'ほかの操作と重なったため、まだ受け付けていません。',
        next: 'お手数ですが、もう一度お試しください。',
      },
    } satisfies Record<'closed' | 'twice' | 'capped' | 'changed', What>,
    usedUp: (used: number): What => ({
      what: `今年度の相談は、すでに${used}回ご利用いただいています。`,
      next: 'お申し込みは完了していません。続けて相談したいときは、窓口にお電話ください。',
    }),
    sent: {
      title: 'お申し込みの状況',
      made: {
        what: 'この内容のお申し込みは受け付け済みです。',
        next: 'お送りしたメールのリンクから、内容を確認できます。',
      },
      notYet: {
        what: 'お申し込みは、まだ完了していません。',
        next: 'ブラウザーの「戻る」を押すと、入力した内容に戻れます。',
      },
      anew: '専門家への相談のお申し込み',
    },
  },
  en: {
    title: 'Ask for an expert (free)',
    lead: 'A telework expert (Telework Manager) works out with you how your firm can proceed.',
    visits: (visits) => `The same expert advises you up to ${visits} times a fiscal year, by web, phone or a visit.`,
    steps: 'After you apply, we look for an expert and write to you. No time is set on this page yet.',
    until: (day) => `You can apply until ${day} for this year.`,
    matter: 'What it is about',
    how: 'How and when',
    labels: {
      organisation: 'Kind of organisation',
      municipality: 'City, town or village',
      address: 'Address for a visit',
      stage: 'How far you are with telework',
      topics: 'Main topic',
      topics_more: 'Other topics',
      formats: 'How you would like it',
      formats_more: 'Also possible',
      wished: 'Days you wish',
      half: 'Time of day',
      wishes_former: 'Your former expert',
      message: 'In your own words',
      channel: 'How it came in',
    },
    nth: (nth) => `Choice ${nth}`,
    date: 'Day',
    former: 'I would like the expert who advised us before',
    conditionVisit: 'required for a visit',
    help: {
      municipality: 'For example Mito',
      address: 'This is where the expert goes. Leave it empty for web or phone.',
      formats_more: 'The more you choose, the sooner we find somebody',
      wished: 'Up to three. Leave it empty if you do not know yet.',
      email: 'We confirm your request, and tell you when your expert is found',
      message: 'Experts who are asked read this. Please name no person.',
    },
    submit: 'Continue',
    consent: {
      purpose: [
        'Purpose',
        'To find an expert and tell you, to prepare the consultation, to ask for your feedback afterwards, and for statistics that identify nobody',
      ],
      holder: ['Held by', 'The desk of your region and the secretariat of this site'],
      receivers: [
        'Passed on to',
        'Experts who are asked see the firm and the matter. Only the expert who accepts (two at most) sees your name, phone number and e-mail address.',
      ],
      retention: [
        'Kept',
        'For 1 year after the end of the fiscal year (31 March) of your request, then made anonymous',
      ],
    },
    review: {
      title: 'Review your request',
      notYet: { what: 'You have not applied yet.', next: 'Please check what you wrote, then press the button below.' },
      submit: 'Apply',
    },
    closed: {
      what: 'You cannot ask for an expert at the moment.',
      next: 'Consultation days and seminars are open to you as before.',
    },
    sessions: 'See the dates of consultation days and seminars',
    refused: {
      closed: {
        what: 'You cannot ask for an expert at the moment.',
        next: 'Your request was not taken. Consultation days and seminars are open to you as before.',
      },
      twice: {
        what: 'We have a request of your organisation already.',
        next: 'We did not take a new one. We have sent the link of your request to the address on record. If no e-mail arrives, please phone the desk.',
      },
      capped: {
        what: 'We cannot take more requests from you today.',
        next: 'Your request was not taken. Please try again tomorrow, or phone the desk.',
      },
      changed: {
        what: 'Something else happened at the same time, so your request was not taken.',
        next: 'Please try once more.',
      },
    },
    usedUp: (used) => ({
      what: `You have had ${used} consultations this year already.`,
      next: 'Your request was not taken. If you need more advice, please phone the desk.',
    }),
    sent: {
      title: 'Your request',
      made: { what: 'We have this request.', next: 'The link in the e-mail that we sent shows it.' },
      notYet: { what: 'You have not applied yet.', next: 'Press “Back” in your browser to return to what you typed.' },
      anew: 'Ask for an expert',
    },
  },
})
