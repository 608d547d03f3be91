import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Field, Input, makeStyles, Text, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { api, ask } from '@/api/client'
import { t } from '@/shared/i18n/translate'
import { FormDialog } from '@/shared/ui/form-dialog'
import type { PeopleSource, ScimSource } from './queries'

const useStyles = makeStyles({ fields: { display: 'grid', gap: tokens.spacingVerticalM } })

/** The address and the token of a source that provisions. The token is not shown again. */
export function ScimToken({ of, close }: { of: ScimSource; close: () => void }) {
  const styles = useStyles()
  return (
    <Dialog open modalType="alert">
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t('scim.token_of', { source: of.source.name })}</DialogTitle>
          <DialogContent className={styles.fields}>
            <Text>{t('scim.token_once')}</Text>
            <Copied label={t('scim.address')} value={`${location.origin}${of.path}`} />
            <Copied label={t('scim.token')} value={of.token} />
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={close} data-testid="scim-token-close">
              {t('close')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}

/** Makes a new token in the place of one that is lost. */
export function NewScimToken({ source, close, made }: { source: PeopleSource; close: () => void; made: (source: ScimSource) => void }) {
  const params = { path: { id: source.source_id } }
  const save = async () => made(await ask(api.PUT('/api/v1/people-sources/{id}/scim/token', { params })))
  return (
    <FormDialog title={t('scim.new_token')} save={save} close={close} refresh={['people-sources']} verb={t('scim.new_token')}>
      <Text>{t('scim.new_token_sure', { source: source.name })}</Text>
    </FormDialog>
  )
}

function Copied({ label, value }: { label: string; value: string }) {
  const [copied, setCopied] = useState(false)
  const copy = () => void navigator.clipboard?.writeText(value).then(() => setCopied(true), () => undefined)
  return (
    <Field label={label}>
      <Input
        readOnly
        value={value}
        data-testid="scim-value"
        contentAfter={
          <Button size="small" onClick={copy} aria-label={`${t('scim.copy')}: ${label}`}>
            {t(copied ? 'scim.copied' : 'scim.copy')}
          </Button>
        }
      />
    </Field>
  )
}
