import type { Topic } from '../../../src/base/vocabulary.ts'
import { spoken } from '../spoken.ts'

/** The topics that a person can ask about. */
export const topics = spoken({
  ja: {
    general: 'テレワーク全般',
    labour: '労務',
    ict: 'ICT（機器・システム）',
    security: 'セキュリティ',
    subsidy: '助成金・補助金',
    other: 'その他',
  } satisfies Record<Topic, string>,
  en: {
    general: 'Telework in general',
    labour: 'Labour and HR',
    ict: 'IT (devices and systems)',
    security: 'Security',
    subsidy: 'Subsidies and grants',
    other: 'Other',
  },
})

/** The industries by the letter of the Japan Standard Industrial Classification. */
export const industries = spoken({
  ja: {
    A: '農業、林業',
    B: '漁業',
    C: '鉱業、採石業、砂利採取業',
    D: '建設業',
    E: '製造業',
    F: '電気・ガス・熱供給・水道業',
    G: '情報通信業',
    H: '運輸業、郵便業',
    I: '卸売業、小売業',
    J: '金融業、保険業',
    K: '不動産業、物品賃貸業',
    L: '学術研究、専門・技術サービス業',
    M: '宿泊業、飲食サービス業',
    N: '生活関連サービス業、娯楽業',
    O: '教育、学習支援業',
    P: '医療、福祉',
    Q: '複合サービス事業（郵便局・協同組合など）',
    R: 'サービス業（他に分類されないもの）',
    S: '公務（他に分類されるものを除く）',
    T: '分類不能の産業',
  },
  en: {
    A: 'Agriculture and forestry',
    B: 'Fisheries',
    C: 'Mining and quarrying',
    D: 'Construction',
    E: 'Manufacturing',
    F: 'Electricity, gas, heat and water',
    G: 'Information and communications',
    H: 'Transport and postal services',
    I: 'Wholesale and retail trade',
    J: 'Finance and insurance',
    K: 'Real estate and leasing',
    L: 'Research, professional and technical services',
    M: 'Accommodation, eating and drinking',
    N: 'Personal services and amusement',
    O: 'Education and learning support',
    P: 'Medical care and welfare',
    Q: 'Compound services (post offices, cooperatives)',
    R: 'Other services',
    S: 'Government',
    T: 'Unable to classify',
  },
})
