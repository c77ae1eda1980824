import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { LocaleId } from '../../electron/contract/models.ts'
import en from '../../resources/locales/en.json'
import es from '../../resources/locales/es.json'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: typeof en }
    returnNull: false
  }
}

/** Own names of the languages, never translated (LNG-03). */
export const languageNames: Readonly<Record<LocaleId, string>> = { en: 'English', es: 'Español' }

/** The tag that dates, times and numbers are formatted by. */
export const formatTags: Readonly<Record<LocaleId, string>> = { en: 'en-US', es: 'es-US' }

/** The catalogs are part of the bundle, so the first paint has its words. */
export function createI18n(locale: LocaleId): i18n {
  const instance = i18next.createInstance()
  void instance.use(initReactI18next).init({
    lng: locale,
    fallbackLng: 'en',
    supportedLngs: ['en', 'es'],
    resources: { en: { translation: en }, es: { translation: es } },
    initAsync: false,
    returnNull: false,
    // React writes text, never markup.
    interpolation: { escapeValue: false },
  })
  return instance
}

/** Puts language and direction on the root (A11Y-35, LNG-08). */
export function markRoot(root: HTMLElement, instance: i18n, locale: LocaleId): void {
  root.lang = formatTags[locale]
  root.dir = instance.dir(locale)
}
