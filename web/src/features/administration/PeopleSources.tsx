import { Button, Text } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formatCount, t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import { Listing } from './Listing'
import { PeopleImportState } from './PeopleImportState'
import { PeopleSourceForm } from './PeopleSourceForm'
import { PeopleUpload } from './PeopleUpload'
import { type PeopleImport, type PeopleSource, peopleSourcesQuery } from './queries'
import { RefusedPeople } from './RefusedPeople'

type Open = { form: PeopleSource | 'new' } | { upload: PeopleSource } | { refused: PeopleImport } | null

/** Where the people of the directory are known from, and how the last import of each went. */
export function PeopleSources() {
  const sources = useQuery(peopleSourcesQuery)
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  return (
    <>
      <Text>{t('people.more')}</Text>
      <Listing
        label={t('admin.directory')}
        query={sources}
        id={(source) => source.source_id}
        columns={[t('people.place'), t('admin.name'), t('admin.kind'), t('admin.active'), t('people.count'), t('people.last_import'), t('people.file')]}
        cells={(source) => [
          formatCount(source.place),
          source.name,
          codeWords('people.kind', source.kind),
          t(source.active ? 'yes' : 'no'),
          formatCount(source.people_count),
          <PeopleImportState key="state" source={source} showRefused={(refused) => setOpen({ refused })} />,
          source.kind === 'csv' && (
            <Button key="upload" size="small" onClick={() => setOpen({ upload: source })} aria-label={`${t('people.upload')}: ${source.name}`} data-testid="people-upload">
              {t('people.upload')}
            </Button>
          ),
        ]}
        edit={(source) => setOpen({ form: source })}
        add={{ words: t('people.add'), open: () => setOpen({ form: 'new' }) }}
        empty={t('people.empty')}
      />
      {open && 'form' in open && <PeopleSourceForm source={open.form === 'new' ? null : open.form} close={close} />}
      {open && 'upload' in open && <PeopleUpload source={open.upload} close={close} />}
      {open && 'refused' in open && <RefusedPeople of={open.refused} close={close} />}
    </>
  )
}
