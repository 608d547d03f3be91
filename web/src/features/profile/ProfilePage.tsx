import { useSnapshot } from '@/shared/desk/context'
import { t } from '@/shared/i18n/translate'
import { Page } from '@/shared/ui/page'
import { ChatChoices } from './ChatChoices'
import { DeskChoices } from './DeskChoices'
import { NetworkAccounts } from './NetworkAccounts'
import { Password } from './Password'
import { SignOut } from './SignOut'

/** My settings: accounts on chat networks, language, keys, sounds, password, sign out. */
export function ProfilePage() {
  const isAgent = useSnapshot((snapshot) => snapshot.agent !== null)
  return (
    <Page title={t('nav.profile')}>
      {isAgent && <NetworkAccounts />}
      {isAgent && <ChatChoices />}
      <DeskChoices />
      <Password />
      <SignOut />
    </Page>
  )
}
