/** From a collection to asking it. */
import { t } from '../i18n';
import { Icon } from '../shell/Icon';
import { chooseCollection } from '../state/draft';
import { format } from '../state/route';
import { leave } from '../state/run';

export function AskThese({ collection }: { readonly collection: string }) {
  return (
    <a
      class="button"
      href={format({ screen: 'ask' })}
      onClick={() => {
        leave();
        chooseCollection(collection);
      }}
    >
      <Icon name="send" />
      {t('library.ask')}
    </a>
  );
}
