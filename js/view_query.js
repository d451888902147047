// placeholder
(function (M) {
  'use strict';
})
