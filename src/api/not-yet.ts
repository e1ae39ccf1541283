import type { VendorId } from '../model/vendor.ts';
import type { NotYet } from './contract.ts';

/**
 * Writes that the vendors' public documentation has beyond the abilities, and that Subdeck does not do, so far. They stand
 * in the ability matrix and nowhere else. Sources: developer.cloudmore.com, CloudMorePythonSDK; developers.interworks.cloud;
 * developers.worksmobile.com partner pages; developer.cloudcockpit.com operation pages.
 */
export const notYet: Readonly<Record<VendorId, readonly NotYet[]>> = {
  cloudmore: [
    { what: 'assign users to a subscription', no: 'Subdeck does not assign users, so far; use the Cloudmore portal.' },
    {
      what: 'manage organizations',
      no: 'Subdeck does not manage organizations, so far; use the Cloudmore portal.',
    },
    {
      what: 'manage resellers',
      no: 'Subdeck does not manage brokers, so far; use the Cloudmore portal.',
    },
    {
      what: 'give organizations services',
      no: 'Subdeck does not add services to organizations, so far; use the Cloudmore portal.',
    },
  ],
  interworks: [
    {
      what: 'manage organizations',
      no: 'Subdeck does not change accounts, so far; use the interworks.cloud portal.',
    },
    {
      what: 'remove an item from a draft order',
      no: 'Subdeck does not edit draft orders, so far; a draft expires after seven days.',
    },
  ],
  vmware: [],
  lineworks: [
    {
      what: 'start paid service at once',
      no: 'Subdeck does not convert at once, so far; `reservation create` with type=start_paid_service does it for a day to come.',
    },
    { what: 'order ahead', no: 'Subdeck makes no pre-orders, so far; use the Partner Console.' },
    {
      what: 'move a reservation to another day',
      no: 'Subdeck does not move a reservation, so far; withdraw it and create it again.',
    },
    {
      what: 'add licences at once',
      no: 'The address of the call is not public; `subscription set-quantity` reserves them for tomorrow.',
    },
    {
      what: 'manage organizations',
      no: 'Subdeck does not end a customer or limit its members, so far; use the Partner Console.',
    },
  ],
  cloudcockpit: [
    {
      what: 'upgrade to another offer',
      no: 'Subdeck does not upgrade CloudCockpit subscriptions, so far; use the portal.',
    },
    { what: 'set the purchase order number', no: 'Subdeck does not set PO numbers, so far; use the portal.' },
    {
      what: 'set when a custom term ends',
      no: 'Subdeck does not set custom term end dates, so far; use the portal.',
    },
  ],
};
