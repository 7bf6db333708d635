// Order matters: fonts, then Mantine in its layer, then our tokens and rules over it.
import '@fontsource-variable/inter';
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import '@mantine/spotlight/styles.layer.css';
import './fonts.css';
import './tokens.css';
import './base.css';
import './mantine.css';
