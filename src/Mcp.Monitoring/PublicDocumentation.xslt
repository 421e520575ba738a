<!-- The compiler describes every member. This leaves those whose names are on the list of the public ones: |Namespace.Type|Namespace.Type.#ctor|Namespace.Type.Property.get| -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:param name="public" />
  <xsl:template match="/doc">
    <doc>
      <xsl:text>&#10;</xsl:text>
      <xsl:copy-of select="assembly" />
      <xsl:text>&#10;</xsl:text>
      <members>
        <xsl:for-each select="members/member">
          <!-- M:Namespace.Type.Method``1(System.String): neither what it is, nor how many types and which parameters it takes. -->
          <xsl:variable name="name" select="concat('|', substring-before(concat(translate(substring(@name, 3), '(', '`'), '`'), '`'))" />
          <xsl:if test="contains($public, concat($name, '|')) or contains($public, concat($name, '.get|')) or contains($public, concat($name, '.set|'))">
            <xsl:text>&#10;</xsl:text>
            <xsl:copy-of select="." />
          </xsl:if>
        </xsl:for-each>
      </members>
    </doc>
  </xsl:template>
</xsl:stylesheet>
