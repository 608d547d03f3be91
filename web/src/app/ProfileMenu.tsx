import {
  Avatar,
  Button,
  makeStyles,
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from '@fluentui/react-components'
import { KeyboardRegular, PersonRegular, SignOutRegular } from '@fluentui/react-icons'
import { useNavigate } from '@tanstack/react-router'
import { useSnapshot } from '@/shared/desk/context'
import { t } from '@/shared/i18n/translate'
import { useSignOut } from '@/shared/session'
import { setPreference, type ThemeChoice, usePreferences } from '@/shared/store/preferences'
import { openKeys } from './keysOpen'

const themes: ThemeChoice[] = ['system', 'light', 'dark', 'contrast']

const useStyles = makeStyles({ button: { minWidth: '32px', width: '32px', height: '32px', padding: 0, borderRadius: '50%' } })

/** My name, the look, all keys, my settings, sign out. */
export function ProfileMenu() {
  const styles = useStyles()
  const name = useSnapshot((snapshot) => snapshot.me.name)
  const { theme } = usePreferences()
  const navigate = useNavigate()
  const signOut = useSignOut()
  return (
    <Menu inline checkedValues={{ theme: [theme] }} onCheckedValueChange={(_, { checkedItems }) => setPreference('theme', checkedItems[0] as ThemeChoice)}>
      <MenuTrigger disableButtonEnhancement>
        <Button
          className={styles.button}
          appearance="transparent"
          aria-label={t('profile.menu', { name })}
          data-testid="profile-menu"
        >
          <Avatar name={name} color="colorful" size={32} aria-hidden />
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuGroup>
            <MenuGroupHeader>{name}</MenuGroupHeader>
            <MenuItem icon={<PersonRegular />} onClick={() => void navigate({ to: '/profile' })} data-testid="profile-open">
              {t('nav.profile')}
            </MenuItem>
            <MenuItem icon={<KeyboardRegular />} secondaryContent="?" onClick={openKeys}>
              {t('keys.title')}
            </MenuItem>
          </MenuGroup>
          <MenuDivider />
          <MenuGroup>
            <MenuGroupHeader>{t('theme.title')}</MenuGroupHeader>
            {themes.map((choice) => (
              <MenuItemRadio key={choice} name="theme" value={choice} data-testid={`theme-${choice}`}>
                {t(`theme.${choice}`)}
              </MenuItemRadio>
            ))}
          </MenuGroup>
          <MenuDivider />
          <MenuItem icon={<SignOutRegular />} onClick={() => void signOut(false)} data-testid="sign-out">
            {t('profile.sign_out')}
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}
