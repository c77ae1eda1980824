import { CopyIcon } from '@phosphor-icons/react/dist/csr/Copy'
import { HouseLineIcon } from '@phosphor-icons/react/dist/csr/HouseLine'
import { ListBulletsIcon } from '@phosphor-icons/react/dist/csr/ListBullets'
import { MagnifyingGlassIcon } from '@phosphor-icons/react/dist/csr/MagnifyingGlass'
import { UsersThreeIcon } from '@phosphor-icons/react/dist/csr/UsersThree'
import type { Icon as PhosphorIcon } from '@phosphor-icons/react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { sections, type Section } from './sections.ts'

const icons: Readonly<Record<Section, PhosphorIcon>> = {
  lists: ListBulletsIcon,
  groups: UsersThreeIcon,
  meetings: MagnifyingGlassIcon,
  same: CopyIcon,
  center: HouseLineIcon,
}

type DeskNavProps = {
  readonly section: Section
  /** How many lists need a look. */
  readonly waiting: number
  readonly onGo: (section: Section) => void
}

export function DeskNav({ section, waiting, onGo }: DeskNavProps) {
  const { t } = useTranslation()
  return (
    <nav className="desk-nav" aria-label={t('desk.nav.label')}>
      <ul>
        {sections.map((each) => (
          <li key={each}>
            <Button
              look="quiet"
              className="desk-nav-go"
              aria-current={each === section ? 'page' : undefined}
              onPress={() => onGo(each)}
            >
              <Icon of={icons[each]} />
              <span>{t(`desk.nav.${each}`)}</span>
              {each === 'lists' && waiting > 0 ? (
                <span className="desk-nav-count">
                  <span aria-hidden>{waiting}</span>
                  <span className="unseen">{t('desk.nav.waiting', { count: waiting })}</span>
                </span>
              ) : null}
            </Button>
          </li>
        ))}
      </ul>
    </nav>
  )
}
