using System;
using System.Collections.Generic;
using System.Linq;
using RelativeEntropy;
using Course.Figures;
using Course.Models;
using Course.Checks;
